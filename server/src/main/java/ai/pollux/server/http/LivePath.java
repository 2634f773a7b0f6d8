package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the Live API taken apart: {@code
 * /ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent}, or Vertex's.
 *
 * @param isConstrained whether sessions are opened by a token, which says what they may be
 */
record LivePath(boolean isConstrained) {
  private static final Pattern GEMINI =
      Pattern.compile(
          "/+ws/+google\\.ai\\.generativelanguage\\.(?:v1|v1beta|v1alpha)\\.GenerativeService\\.BidiGenerateContent(Constrained)?/*");
  private static final Pattern VERTEX =
      Pattern.compile(
          "/+ws/+google\\.cloud\\.aiplatform\\.(?:v1|v1beta1)\\.LlmBidiService/+BidiGenerateContent/*");

  /** The parts of a decoded path, or nothing where it is not one of the Live API. */
  static Optional<LivePath> parse(String path) {
    Matcher gemini = GEMINI.matcher(path);
    if (gemini.matches()) {
      return Optional.of(new LivePath(gemini.group(1) != null));
    }
    return VERTEX.matcher(path).matches() ? Optional.of(new LivePath(false)) : Optional.empty();
  }
}
