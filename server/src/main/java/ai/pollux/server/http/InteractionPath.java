package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of the Interactions API taken apart: {@code /v1beta/interactions/abc/cancel}, or Vertex's
 * {@code /v1/projects/p/locations/l/interactions/abc/cancel}.
 *
 * @param version as it is written
 * @param id of an interaction; empty for all of them
 * @param action {@code cancel}; empty for the plain HTTP methods
 */
record InteractionPath(String version, String id, String action) {
  private static final Pattern PATH =
      Pattern.compile(
          "(?:/(v1|v1beta|v1alpha)|/(v1|v1beta1)/projects/[^/]+/locations/[^/]+)"
              + "/interactions(?:/([^/]+)(?:/(cancel))?)?/?");

  /** The parts of a decoded path, or nothing where it is not one of the API's. */
  static Optional<InteractionPath> parse(String path) {
    Matcher matcher = PATH.matcher(path.replaceAll("/{2,}", "/"));
    return matcher.matches()
        ? Optional.of(
            new InteractionPath(
                orEmpty(matcher.group(1)) + orEmpty(matcher.group(2)),
                orEmpty(matcher.group(3)),
                orEmpty(matcher.group(4))))
        : Optional.empty();
  }

  private static String orEmpty(@Nullable String group) {
    return group == null ? "" : group;
  }
}
