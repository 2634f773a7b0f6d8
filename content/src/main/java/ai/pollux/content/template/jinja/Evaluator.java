package ai.pollux.content.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives expressions their values. */
final class Evaluator {
  private final Run run;
  private final Printer printer;
  private final Operators operators;
  private final Methods methods;
  private final Tests tests;
  private final Filters filters;

  Evaluator(Run run) {
    this.run = run;
    this.printer = new Printer(run);
    this.operators = new Operators(run, printer);
    this.methods = new Methods(run, operators, printer);
    this.tests = new Tests(run, operators);
    this.filters = new Filters(run, operators, printer, methods, tests);
  }

  String print(Object value) {
    return printer.str(value);
  }

  List<?> iterate(Object value) {
    return operators.iterate(value);
  }

  List<Long> range(Value.Arguments arguments) {
    return operators.range(arguments);
  }

  Object value(Expr expression, Scope scope) {
    run.enter();
    run.at(expression.line());
    Object value =
        switch (expression) {
          case Expr.Literal(_, Object constant) -> constant;
          case Expr.Name(_, String name) -> scope.get(name);
          case Expr.Items(_, List<Expr> values) -> values(values, scope);
          case Expr.Members members -> members(members, scope);
          case Expr.Not(_, Expr of) -> !Value.isTrue(value(of, scope));
          case Expr.Negative(_, Expr of) -> operators.negative(value(of, scope));
          case Expr.Binary(_, String operator, Expr left, Expr right) ->
              operators.binary(operator, value(left, scope), value(right, scope));
          case Expr.Either either -> either(either, scope);
          case Expr.Compare compare -> compare(compare, scope);
          case Expr.Choice choice -> choice(choice, scope);
          case Expr.Attribute(_, Expr of, String name) -> attribute(value(of, scope), name);
          case Expr.Index(_, Expr of, Expr key) -> index(value(of, scope), value(key, scope));
          case Expr.Slice slice -> slice(slice, scope);
          case Expr.Call call -> call(call, scope);
          case Expr.Filter(_, Expr of, String name, Expr.Arguments arguments) ->
              filters.apply(name, value(of, scope), arguments(arguments, scope));
          case Expr.Test(_, Expr of, String name, Expr.Arguments arguments) ->
              tests.holds(name, value(of, scope), arguments(arguments, scope));
        };
    run.leave();
    return value;
  }

  private List<Object> values(List<Expr> expressions, Scope scope) {
    List<Object> values = new ArrayList<>();
    expressions.forEach(each -> values.add(value(each, scope)));
    return values;
  }

  private Map<Object, Object> members(Expr.Members members, Scope scope) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.keys().size(); i++) {
      Object key = value(members.keys().get(i), scope);
      if (!(key instanceof String || Operators.isNumber(key))) {
        throw run.error("a dict's key must be a string or a number, found " + Value.type(key));
      }
      map.put(key, value(members.values().get(i), scope));
    }
    return map;
  }

  private Object either(Expr.Either either, Scope scope) {
    Object left = value(either.left(), scope);
    return Value.isTrue(left) == either.and() ? value(either.right(), scope) : left;
  }

  private boolean compare(Expr.Compare compare, Scope scope) {
    Object left = value(compare.operands().getFirst(), scope);
    for (int i = 0; i < compare.operators().size(); i++) {
      Object right = value(compare.operands().get(i + 1), scope);
      if (!operators.compare(compare.operators().get(i), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Object choice(Expr.Choice choice, Scope scope) {
    if (Value.isTrue(value(choice.test(), scope))) {
      return value(choice.then(), scope);
    }
    return choice.otherwise().isPresent()
        ? value(choice.otherwise().get(), scope)
        : new Value.Undefined("an if without else");
  }

  /** {@code of.name}: methods go before members, as in Python. */
  private Object attribute(Object of, String name) {
    return switch (of) {
      case Value.Loop loop -> loop.member(name);
      case Value.Namespace space ->
          space.members().getOrDefault(name, new Value.Undefined("'" + name + "'"));
      default -> {
        var method = methods.find(of, name);
        yield method.isPresent() ? method.get() : operators.index(of, name);
      }
    };
  }

  /** {@code of[key]}: members go before methods. */
  private Object index(Object of, Object key) {
    if (of instanceof Value.Namespace && key instanceof String name) {
      return attribute(of, name);
    }
    return operators.index(of, key);
  }

  private Object slice(Expr.Slice slice, Scope scope) {
    return operators.slice(
        value(slice.of(), scope),
        slice.start().map(each -> value(each, scope)),
        slice.stop().map(each -> value(each, scope)),
        slice.step().map(each -> value(each, scope)));
  }

  private Object call(Expr.Call call, Scope scope) {
    Object called = value(call.of(), scope);
    if (!(called instanceof Value.Callable function)) {
      String name =
          call.of() instanceof Expr.Attribute(_, _, String last) ? "'" + last + "': " : "";
      throw run.error("not a function: " + name + Value.type(called));
    }
    Value.Arguments arguments = arguments(call.arguments(), scope);
    Object result = function.call(arguments);
    run.at(call.line());
    return result;
  }

  private Value.Arguments arguments(Expr.Arguments arguments, Scope scope) {
    if (arguments.positional().isEmpty() && arguments.named().isEmpty()) {
      return Value.Arguments.NONE;
    }
    Map<String, Object> named = new LinkedHashMap<>();
    arguments.named().forEach((name, each) -> named.put(name, value(each, scope)));
    return new Value.Arguments(values(arguments.positional(), scope), named);
  }
}
