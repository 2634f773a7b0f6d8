package ai.pollux.server.http;

import java.util.Optional;
import java.util.Set;

/**
 * A path of the API taken apart: {@code /v1beta/models/gemma:streamGenerateContent}.
 *
 * @param version {@code v1}, {@code v1beta} or {@code v1alpha}; all three are one surface
 * @param model the model's id without {@code models/}; empty for the list
 * @param method what is asked of the model; empty for {@code get} and {@code list}
 */
record ApiPath(String version, String model, String method) {
  private static final Set<String> VERSIONS = Set.of("v1", "v1beta", "v1alpha");

  /**
   * The parts of a decoded path, or nothing where it is not one of the API's. Doubled slashes count
   * as one, as SDKs send them.
   */
  static Optional<ApiPath> parse(String path) {
    String[] segments = path.replaceAll("/{2,}", "/").replaceAll("^/|/$", "").split("/", 3);
    if (segments.length < 2 || !VERSIONS.contains(segments[0]) || !segments[1].equals("models")) {
      return Optional.empty();
    }
    if (segments.length == 2) {
      return Optional.of(new ApiPath(segments[0], "", ""));
    }
    // Ids of models may have colons of their own (gemma3:1b), methods are plain words.
    String rest = segments[2];
    int colon = rest.lastIndexOf(':');
    boolean hasMethod =
        colon > 0 && rest.substring(colon + 1).chars().allMatch(Character::isLetter);
    return Optional.of(
        hasMethod
            ? new ApiPath(segments[0], rest.substring(0, colon), rest.substring(colon + 1))
            : new ApiPath(segments[0], rest, ""));
  }
}
