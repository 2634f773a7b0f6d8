package ai.pollux.content.template.jinja;

import ai.pollux.content.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Expressions, by recursive descent in Jinja's order of precedence. */
final class ExprParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Cursor in;

  ExprParser(Cursor in) {
    this.in = in;
  }

  /** One expression, or several between commas: a list. */
  Expr tuple() {
    Expr first = expression();
    if (!in.sees(",")) {
      return first;
    }
    List<Expr> values = new ArrayList<>(List.of(first));
    while (in.accept(",") && startsExpression()) {
      values.add(expression());
    }
    return new Expr.Items(first.line(), values);
  }

  private boolean startsExpression() {
    Token token = in.peek();
    return switch (token.kind()) {
      case NAME, STRING, INTEGER, REAL -> true;
      case OPERATOR -> Set.of("(", "[", "{", "-", "+").contains(token.text());
      case DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
    };
  }

  Expr expression() {
    in.enter();
    Expr value = or();
    while (in.seesName("if")) {
      int line = in.next().line();
      Expr test = or();
      Optional<Expr> otherwise =
          in.acceptName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Expr.Choice(line, value, test, otherwise);
    }
    in.leave();
    return value;
  }

  /** An expression that an {@code if} after it does not belong to. */
  Expr or() {
    Expr left = and();
    while (in.seesName("or")) {
      int line = in.next().line();
      left = new Expr.Either(line, false, left, and());
    }
    return left;
  }

  private Expr and() {
    Expr left = not();
    while (in.seesName("and")) {
      int line = in.next().line();
      left = new Expr.Either(line, true, left, not());
    }
    return left;
  }

  private Expr not() {
    if (!in.seesName("not")) {
      return comparison();
    }
    in.enter();
    Expr negated = new Expr.Not(in.next().line(), not());
    in.leave();
    return negated;
  }

  private Expr comparison() {
    Expr first = sum();
    List<Expr> operands = new ArrayList<>(List.of(first));
    List<String> operators = new ArrayList<>();
    while (true) {
      if (in.peek().kind() == Kind.OPERATOR && COMPARISONS.contains(in.peek().text())) {
        operators.add(in.next().text());
      } else if (in.acceptName("in")) {
        operators.add("in");
      } else if (in.seesName("not") && in.peek(1).is(Kind.NAME, "in")) {
        in.next();
        in.next();
        operators.add("not in");
      } else {
        break;
      }
      operands.add(sum());
    }
    return operators.isEmpty() ? first : new Expr.Compare(first.line(), operands, operators);
  }

  private Expr sum() {
    return binary(
        Set.of("+", "-"),
        () ->
            binary(
                Set.of("~"),
                () ->
                    binary(
                        Set.of("*", "/", "//", "%"),
                        () -> binary(Set.of("**"), () -> unary(true)))));
  }

  private Expr binary(Set<String> operators, Supplier<Expr> operand) {
    Expr left = operand.get();
    while (in.peek().kind() == Kind.OPERATOR && operators.contains(in.peek().text())) {
      Token operator = in.next();
      left = new Expr.Binary(operator.line(), operator.text(), left, operand.get());
    }
    return left;
  }

  private Expr unary(boolean filters) {
    int line = in.peek().line();
    if (in.sees("-") || in.sees("+")) {
      in.enter();
      boolean minus = in.next().text().equals("-");
      Expr of = unary(false);
      in.leave();
      return suffixes(minus ? new Expr.Negative(line, of) : of, filters);
    }
    return suffixes(primary(), filters);
  }

  private Expr primary() {
    Token token = in.next();
    int line = token.line();
    return switch (token.kind()) {
      case NAME -> name(token);
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (in.peek().kind() == Kind.STRING) {
          text.append(in.next().text());
        }
        yield new Expr.Literal(line, text.toString());
      }
      case INTEGER -> new Expr.Literal(line, integer(token));
      case REAL -> new Expr.Literal(line, Double.valueOf(token.text()));
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> {
              Expr inner = in.sees(")") ? new Expr.Items(line, List.of()) : tuple();
              in.expect(")");
              yield inner;
            }
            case "[" -> new Expr.Items(line, list("]"));
            case "{" -> members(line);
            default -> throw noExpression(token);
          };
      case DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, END -> throw noExpression(token);
    };
  }

  private static JinjaException noExpression(Token found) {
    return new JinjaException(found.line(), "expected an expression, found " + found);
  }

  private static Object integer(Token token) {
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw new JinjaException(token.line(), "number beyond 64 bits: " + token.text());
    }
  }

  private static Expr name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expr.Literal(token.line(), true);
      case "false", "False" -> new Expr.Literal(token.line(), false);
      case "none", "None" -> new Expr.Literal(token.line(), Value.NONE);
      default -> new Expr.Name(token.line(), token.text());
    };
  }

  private List<Expr> list(String end) {
    List<Expr> values = new ArrayList<>();
    while (!in.accept(end)) {
      values.add(expression());
      if (!in.sees(end)) {
        in.expect(",");
      }
    }
    return values;
  }

  private Expr members(int line) {
    List<Expr> keys = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!in.accept("}")) {
      keys.add(expression());
      in.expect(":");
      values.add(expression());
      if (!in.sees("}")) {
        in.expect(",");
      }
    }
    return new Expr.Members(line, keys, values);
  }

  private Expr suffixes(Expr value, boolean filters) {
    Expr result = value;
    while (true) {
      int line = in.peek().line();
      if (in.accept(".")) {
        Token name = in.next();
        result =
            name.kind() == Kind.INTEGER
                ? new Expr.Index(line, result, new Expr.Literal(line, integer(name)))
                : new Expr.Attribute(line, result, name.text());
      } else if (in.accept("[")) {
        result = subscript(line, result);
      } else if (in.accept("(")) {
        result = new Expr.Call(line, result, arguments());
      } else if (filters && in.accept("|")) {
        String name = in.expect(Kind.NAME, "the name of a filter");
        result = new Expr.Filter(line, result, name, optionalArguments());
      } else if (filters && in.acceptName("is")) {
        result = test(line, result);
      } else {
        return result;
      }
    }
  }

  private Expr subscript(int line, Expr of) {
    Optional<Expr> start = sliceBound();
    if (start.isPresent() && in.accept("]")) {
      return new Expr.Index(line, of, start.get());
    }
    in.expect(":");
    Optional<Expr> stop = sliceBound();
    Optional<Expr> step = in.accept(":") ? sliceBound() : Optional.empty();
    in.expect("]");
    return new Expr.Slice(line, of, start, stop, step);
  }

  private Optional<Expr> sliceBound() {
    return in.sees(":") || in.sees("]") ? Optional.empty() : Optional.of(expression());
  }

  Expr.Arguments optionalArguments() {
    return in.accept("(") ? arguments() : Expr.Arguments.NONE;
  }

  private Expr.Arguments arguments() {
    List<Expr> positional = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    while (!in.accept(")")) {
      if (in.peek().kind() == Kind.NAME && in.peek(1).is(Kind.OPERATOR, "=")) {
        String name = in.next().text();
        in.next();
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
      if (!in.sees(")")) {
        in.expect(",");
      }
    }
    return new Expr.Arguments(positional, named);
  }

  private Expr test(int line, Expr of) {
    boolean negated = in.acceptName("not");
    String name = in.expect(Kind.NAME, "the name of a test");
    Expr.Arguments arguments = optionalArguments();
    boolean bare =
        arguments.equals(Expr.Arguments.NONE)
            && startsExpression()
            && !Set.of("-", "+").contains(in.peek().text())
            && !Set.of("and", "or", "not", "else", "if", "is", "in").contains(in.peek().text());
    if (bare) {
      arguments = new Expr.Arguments(List.of(suffixes(primary(), false)), Map.of());
    }
    Expr test = new Expr.Test(line, of, name, arguments);
    return negated ? new Expr.Not(line, test) : test;
  }
}
