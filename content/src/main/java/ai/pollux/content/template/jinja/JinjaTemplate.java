package ai.pollux.content.template.jinja;

import ai.pollux.content.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A template, read once, rendered as often as wanted, by any thread. */
public final class JinjaTemplate {
  /** Longer sources are refused; the longest of a published checkpoint has about 30 000. */
  private static final int MAX_SOURCE = 1_000_000;

  private final List<Node> nodes;
  private final JinjaLimits limits;
  private final Clock clock;

  private JinjaTemplate(List<Node> nodes, JinjaLimits limits, Clock clock) {
    this.nodes = nodes;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Reads a template.
   *
   * @param clock what {@code strftime_now} tells
   * @throws JinjaException where the source is not a template, with its line
   */
  public static JinjaTemplate of(String source, JinjaLimits limits, Clock clock) {
    if (source.length() > MAX_SOURCE) {
      throw new JinjaException(
          1, "%d characters of source, at most %d".formatted(source.length(), MAX_SOURCE));
    }
    return new JinjaTemplate(Parser.parse(source), limits, clock);
  }

  /**
   * The template's text for these variables.
   *
   * @throws JinjaException where the template refuses them, fails, or passes a limit
   */
  public String render(Json.Obj variables) {
    Run run = new Run(limits);
    Evaluator evaluator = new Evaluator(run);
    Map<String, Object> names = new HashMap<>();
    names.put("namespace", (Value.Callable) in -> new Value.Namespace(merged(run, in)));
    names.put("dict", (Value.Callable) in -> merged(run, in));
    names.put("range", (Value.Callable) evaluator::range);
    names.put(
        "raise_exception",
        (Value.Callable)
            in -> {
              throw run.error(evaluator.print(in.get(0, "message", "")));
            });
    names.put(
        "strftime_now", (Value.Callable) in -> now(run, evaluator.print(in.get(0, "format", ""))));
    variables.members().forEach((name, value) -> names.put(name, value(value)));
    return new Renderer(run, evaluator).render(nodes, new Scope(names));
  }

  private static Map<String, Object> merged(Run run, Value.Arguments in) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Object each : in.positional()) {
      if (!(each instanceof Map<?, ?> map)) {
        throw run.error("expected a dict, found " + Value.type(each));
      }
      map.forEach((name, value) -> members.put(String.valueOf(name), value));
    }
    members.putAll(in.named());
    return members;
  }

  private static Object value(Json json) {
    return switch (json) {
      case Json.Null _ -> Value.NONE;
      case Json.Bool(boolean flag) -> flag;
      case Json.Int(long number) -> number;
      case Json.Real(double number) -> number;
      case Json.Str(String text) -> text;
      case Json.Arr(List<Json> values) -> values.stream().map(JinjaTemplate::value).toList();
      case Json.Obj(Map<String, Json> members) -> {
        Map<String, Object> map = new LinkedHashMap<>();
        members.forEach((name, member) -> map.put(name, value(member)));
        yield map;
      }
    };
  }

  /** C's {@code strftime}: the letters that dates and times in templates use. */
  private String now(Run run, String format) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char letter = format.charAt(++i);
      String pattern =
          switch (letter) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'Y' -> "yyyy";
            case 'y' -> "yy";
            case 'b' -> "MMM";
            case 'B' -> "MMMM";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'Z' -> "zzz";
            case 'z' -> "xx";
            case '%' -> "'%'";
            default -> throw run.error("strftime_now: unknown letter %" + letter);
          };
      try {
        out.append(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now));
      } catch (DateTimeException e) {
        throw run.error("strftime_now: " + e.getMessage());
      }
    }
    return out.toString();
  }
}
