package ai.pollux.assistant.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of members that a schema does not declare: a letter, then letters, digits, _ and -. */
final class MemberNames {
  private static final int LONGEST = 64;
  private static final CodePoints FIRST =
      CodePoints.of('a', 'z').or(CodePoints.of('A', 'Z')).or(CodePoints.of("_"));
  private static final CodePoints REST = FIRST.or(CodePoints.of('0', '9')).or(CodePoints.of("-"));

  private MemberNames() {}

  /** All but these. */
  static Expr without(Set<String> declared) {
    return without(declared, 0);
  }

  /** What may follow {@code at} characters that all of these names begin with. */
  private static Expr without(Set<String> names, int at) {
    CodePoints allowed = at == 0 ? FIRST : REST;
    List<Expr> ways = new ArrayList<>();
    if (at > 0 && names.stream().noneMatch(name -> name.length() == at)) {
      ways.add(Expr.EMPTY);
    }
    Set<Character> next =
        names.stream()
            .filter(name -> name.length() > at)
            .map(name -> name.charAt(at))
            .filter(allowed::contains)
            .collect(Collectors.toSet());
    CodePoints others = allowed;
    for (char each : next) {
      others = others.minus(CodePoints.of(each, each));
      Set<String> those =
          names.stream()
              .filter(name -> name.length() > at && name.charAt(at) == each)
              .collect(Collectors.toSet());
      if (at < LONGEST) {
        ways.add(Expr.sequence(Expr.literal(Character.toString(each)), without(those, at + 1)));
      }
    }
    ways.add(
        Expr.sequence(
            new Expr.Characters(others), new Expr.Repeat(new Expr.Characters(REST), 0, LONGEST)));
    return new Expr.Choice(ways);
  }
}
