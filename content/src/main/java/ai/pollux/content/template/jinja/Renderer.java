package ai.pollux.content.template.jinja;

import java.util.List;
import java.util.Optional;

/** Carries out statements, and writes what they print. */
final class Renderer {
  private final Run run;
  private final Evaluator evaluator;

  /** How a list of statements ended. */
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Renderer(Run run, Evaluator evaluator) {
    this.run = run;
    this.evaluator = evaluator;
  }

  String render(List<Node> nodes, Scope scope) {
    StringBuilder out = new StringBuilder();
    all(nodes, scope, out, 0);
    return out.toString();
  }

  private Flow all(List<Node> nodes, Scope scope, StringBuilder out, int loops) {
    run.enter();
    Flow flow = Flow.NEXT;
    for (int i = 0; i < nodes.size() && flow == Flow.NEXT; i++) {
      run.at(nodes.get(i).line());
      flow = one(nodes.get(i), scope, out, loops);
    }
    run.leave();
    return flow;
  }

  private Flow one(Node node, Scope scope, StringBuilder out, int loops) {
    switch (node) {
      case Node.Text(_, String text) -> write(text, out);
      case Node.Print(_, Expr value) -> write(evaluator.print(evaluator.value(value, scope)), out);
      case Node.If branch -> {
        boolean holds = Value.isTrue(evaluator.value(branch.test(), scope));
        return all(holds ? branch.then() : branch.otherwise(), scope, out, loops);
      }
      case Node.For loop -> {
        return loop(loop, scope, out, loops);
      }
      case Node.Set(_, List<String> targets, Expr value) ->
          assign(targets, evaluator.value(value, scope), scope);
      case Node.SetMember set -> {
        if (!(scope.get(set.space()) instanceof Value.Namespace space)) {
          throw run.error("set " + set.space() + "." + set.member() + ": not a namespace()");
        }
        space.members().put(set.member(), evaluator.value(set.value(), scope));
      }
      case Node.SetText(_, String name, List<Node> body) ->
          scope.set(name, render(body, scope.inner()));
      case Node.Macro macro -> scope.set(macro.name(), macro(macro, scope));
      case Node.Marked(_, List<Node> body) -> {
        return all(body, scope, out, loops);
      }
      case Node.Break _ -> {
        return inLoop(loops, Flow.BREAK);
      }
      case Node.Continue _ -> {
        return inLoop(loops, Flow.CONTINUE);
      }
    }
    return Flow.NEXT;
  }

  private Flow inLoop(int loops, Flow flow) {
    if (loops == 0) {
      throw run.error("break and continue stand inside a for");
    }
    return flow;
  }

  private void write(String text, StringBuilder out) {
    run.text(text.length());
    out.append(text);
  }

  private Flow loop(Node.For loop, Scope scope, StringBuilder out, int loops) {
    List<?> items = evaluator.iterate(evaluator.value(loop.over(), scope));
    if (loop.condition().isPresent()) {
      Expr condition = loop.condition().get();
      items = items.stream().filter(item -> holds(condition, loop, item, scope)).toList();
    }
    if (items.isEmpty()) {
      return all(loop.otherwise(), scope, out, loops);
    }
    for (int i = 0; i < items.size(); i++) {
      Scope inner = scope.inner();
      assign(loop.targets(), items.get(i), inner);
      inner.set("loop", new Value.Loop(items, i, loops + 1));
      if (all(loop.body(), inner, out, loops + 1) == Flow.BREAK) {
        break;
      }
    }
    return Flow.NEXT;
  }

  private boolean holds(Expr condition, Node.For loop, Object item, Scope scope) {
    Scope inner = scope.inner();
    assign(loop.targets(), item, inner);
    return Value.isTrue(evaluator.value(condition, inner));
  }

  private void assign(List<String> targets, Object value, Scope scope) {
    if (targets.size() == 1) {
      scope.set(targets.getFirst(), value);
      return;
    }
    List<?> values = evaluator.iterate(value);
    if (values.size() != targets.size()) {
      throw run.error("%d names, %d values".formatted(targets.size(), values.size()));
    }
    for (int i = 0; i < targets.size(); i++) {
      scope.set(targets.get(i), values.get(i));
    }
  }

  private Value.Callable macro(Node.Macro macro, Scope scope) {
    return arguments -> {
      Scope inner = scope.inner();
      for (int i = 0; i < macro.parameters().size(); i++) {
        String name = macro.parameters().get(i);
        Optional<Expr> otherwise = macro.defaults().get(i);
        Object value =
            arguments.has(i, name) || otherwise.isEmpty()
                ? arguments.get(i, name, new Value.Undefined("parameter '" + name + "'"))
                : evaluator.value(otherwise.get(), inner);
        inner.set(name, value);
      }
      return render(macro.body(), inner);
    };
  }
}
