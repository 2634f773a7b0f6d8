package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the API taken apart: {@code /v1beta/models/gemma:streamGenerateContent}, or Vertex's
 * {@code /v1/projects/p/locations/l/publishers/google/models/gemma:streamGenerateContent}, which
 * may also be without project and location.
 *
 * @param version {@code v1}, {@code v1beta} or {@code v1alpha}; all three are one surface. Vertex
 *     has {@code v1} and {@code v1beta1}.
 * @param model the model's id without {@code models/}; empty for the list
 * @param method what is asked of the model; empty for {@code get} and {@code list}
 * @param isVertex whether models are described as Vertex does
 */
record ApiPath(String version, String model, String method, boolean isVertex) {
  private static final Pattern GEMINI = Pattern.compile("/(v1|v1beta|v1alpha)/models(?:/(.*))?");
  private static final Pattern VERTEX =
      Pattern.compile(
          "/(v1|v1beta1)/(?:projects/[^/]+/locations/[^/]+/)?publishers/google/models(?:/(.*))?");

  /** Of the Gemini API. */
  ApiPath(String version, String model, String method) {
    this(version, model, method, false);
  }

  /** What a live session asks for, as if it were a path. */
  static ApiPath live(String model) {
    return new ApiPath("v1beta", model, "bidiGenerateContent");
  }

  /**
   * The parts of a decoded path, or nothing where it is not one of the API's. Doubled slashes count
   * as one, as SDKs send them.
   */
  static Optional<ApiPath> parse(String path) {
    String plain = path.replaceAll("/{2,}", "/").replaceAll("/$", "");
    Matcher gemini = GEMINI.matcher(plain);
    if (gemini.matches()) {
      return Optional.of(of(gemini, false));
    }
    Matcher vertex = VERTEX.matcher(plain);
    return vertex.matches() ? Optional.of(of(vertex, true)) : Optional.empty();
  }

  private static ApiPath of(Matcher matcher, boolean isVertex) {
    String rest = matcher.group(2) == null ? "" : matcher.group(2);
    // Ids of models may have colons of their own (gemma3:1b), methods are plain words.
    int colon = rest.lastIndexOf(':');
    boolean hasMethod =
        colon > 0 && rest.substring(colon + 1).chars().allMatch(Character::isLetter);
    return hasMethod
        ? new ApiPath(
            matcher.group(1), rest.substring(0, colon), rest.substring(colon + 1), isVertex)
        : new ApiPath(matcher.group(1), rest, "", isVertex);
  }
}
