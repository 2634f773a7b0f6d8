package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects of a schema: declared members in their order, then others where they are allowed. */
final class SchemaObjects {
  /** Members are read one inside the other, which takes stack. */
  private static final int MOST_PROPERTIES = 500;

  private final SchemaReader reader;
  private final Grammar grammar;
  private final Notation notation;
  private final AnyValue any;

  SchemaObjects(SchemaReader reader, Grammar grammar, Notation notation, AnyValue any) {
    this.reader = reader;
    this.grammar = grammar;
    this.notation = notation;
    this.any = any;
  }

  /** A declared member: its name and value as they are written. */
  private record Member(Expr written, boolean isRequired) {}

  /**
   * What is asked of an object as a whole.
   *
   * @param members declared ones, in order
   * @param other one that is not declared
   * @param counted the number of members from which on it makes no difference how many there are
   */
  private record Layout(
      String name, List<Member> members, Expr other, int least, int most, int counted) {}

  Expr read(SchemaKeywords keywords) {
    Map<String, Json> properties = keywords.members("properties");
    if (properties.size() > MOST_PROPERTIES) {
      throw new ShapeException(
          "%s: expected at most %d properties of one object, found %d."
              .formatted(keywords.place("properties"), MOST_PROPERTIES, properties.size()));
    }
    Set<String> required = Set.copyOf(keywords.names("required"));
    for (String name : keywords.names("required")) {
      if (!properties.containsKey(name)) {
        throw new ShapeException(
            "%s: \"%s\" is not among the properties. Declare it there."
                .formatted(keywords.place("required"), name));
      }
    }
    List<Member> members = new ArrayList<>();
    for (String name : order(keywords, properties)) {
      Json schema = properties.getOrDefault(name, Json.NULL);
      Expr value = reader.rule(schema, keywords.place("properties") + "." + name);
      members.add(new Member(Expr.sequence(notation.name(name), value), required.contains(name)));
    }
    int least = keywords.count("minProperties").orElse(0);
    int most = keywords.count("maxProperties").orElse(Expr.UNLIMITED);
    int counted = most == Expr.UNLIMITED ? Math.max(1, least) : most;
    Layout layout =
        new Layout(
            keywords.where(), members, others(keywords, properties.keySet()), least, most, counted);
    return Expr.sequence(Expr.literal("{"), members(layout, 0, 0), Expr.literal("}"));
  }

  private static Set<String> order(SchemaKeywords keywords, Map<String, Json> properties) {
    Set<String> order = new LinkedHashSet<>(keywords.names("propertyOrdering"));
    order.addAll(properties.keySet());
    for (String name : order) {
      if (!properties.containsKey(name)) {
        throw new ShapeException(
            "%s: \"%s\" is not among the properties. Declare it there."
                .formatted(keywords.place("propertyOrdering"), name));
      }
    }
    return order;
  }

  /** Without a word on them there are others only in objects that declare nothing. */
  private Expr others(SchemaKeywords keywords, Set<String> declared) {
    Expr value =
        switch (keywords.get("additionalProperties")) {
          case Json.Null _ -> keywords.has("properties") ? Expr.NOTHING : any.value();
          case Json.Bool(boolean allowed) -> allowed ? any.value() : Expr.NOTHING;
          case Json.Obj schema -> reader.rule(schema, keywords.place("additionalProperties"));
          case Json.Arr _, Json.Int _, Json.Real _, Json.Str _ ->
              throw keywords.wrong("additionalProperties", "a schema, true or false");
        };
    return value.equals(Expr.NOTHING)
        ? value
        : Expr.sequence(notation.anyName(MemberNames.without(declared)), value);
  }

  /**
   * Members from {@code at} on. A rule for each place and count, so that what follows is written
   * down once, however many ways lead there.
   */
  private Expr members(Layout layout, int at, int count) {
    if (count > layout.most()) {
      return Expr.NOTHING;
    }
    if (at == layout.members().size()) {
      return rest(layout, count);
    }
    String name = "%s members %d behind %d".formatted(layout.name(), at, count);
    if (!grammar.rules().containsKey(name)) {
      Member member = layout.members().get(at);
      int behind =
          Math.min(
              count + 1, layout.most() == Expr.UNLIMITED ? layout.counted() : layout.counted() + 1);
      Expr with =
          Expr.sequence(
              count == 0 ? Expr.EMPTY : notation.comma(),
              member.written(),
              members(layout, at + 1, behind));
      Expr without = member.isRequired() ? Expr.NOTHING : members(layout, at + 1, count);
      grammar.define(name, Expr.choice(with, without));
    }
    return new Expr.Rule(name);
  }

  /** Members that are not declared, as many as the counts ask for and allow. */
  private Expr rest(Layout layout, int count) {
    int least = Math.max(0, layout.least() - count);
    int most = layout.most() == Expr.UNLIMITED ? Expr.UNLIMITED : layout.most() - count;
    if (layout.other().equals(Expr.NOTHING) || most == 0) {
      return least == 0 ? Expr.EMPTY : Expr.NOTHING;
    }
    Expr next = Expr.sequence(notation.comma(), layout.other());
    if (count > 0) {
      return new Expr.Repeat(next, least, most);
    }
    int more = most == Expr.UNLIMITED ? most : most - 1;
    Expr some = Expr.sequence(layout.other(), new Expr.Repeat(next, Math.max(0, least - 1), more));
    return least == 0 ? Expr.optional(some) : some;
  }
}
