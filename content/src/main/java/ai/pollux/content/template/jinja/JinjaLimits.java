package ai.pollux.content.template.jinja;

/**
 * What one rendering may use.
 *
 * @param steps statements, expressions and elements looked at
 * @param characters of all text made, also of text that is thrown away
 * @param depth of statements, expressions and macro calls inside each other
 */
public record JinjaLimits(long steps, long characters, int depth) {
  /** A conversation of a thousand turns takes a tenth of it; a thief of time gets a second. */
  public static final JinjaLimits DEFAULT = new JinjaLimits(20_000_000, 64_000_000, 400);
}
