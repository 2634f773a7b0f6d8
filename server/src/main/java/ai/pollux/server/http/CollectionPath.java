package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of a collection taken apart: {@code /v1beta/batches/abc:cancel}.
 *
 * @param version {@code v1}, {@code v1beta} or {@code v1alpha}
 * @param id of one of its members; empty for the list
 * @param method what is asked of it; empty for the plain HTTP methods
 */
record CollectionPath(String version, String id, String method) {
  private static final Pattern PATH =
      Pattern.compile("/+(v1|v1beta|v1alpha)/+([A-Za-z]+)(?:/+([^/:]+)(?::([A-Za-z]+))?)?/*");

  /** The parts of a decoded path, or nothing where it is not of that collection. */
  static Optional<CollectionPath> parse(String collection, String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches() || !matcher.group(2).equals(collection)) {
      return Optional.empty();
    }
    return Optional.of(
        new CollectionPath(matcher.group(1), orEmpty(matcher.group(3)), orEmpty(matcher.group(4))));
  }

  boolean isList() {
    return id.isEmpty();
  }

  /** Whether a member is meant, and nothing asked of it beyond HTTP's methods. */
  boolean isOne() {
    return !id.isEmpty() && method.isEmpty();
  }

  static ApiException noSuchMethod(ServerRequest request) {
    return new ApiException(
        ApiException.Status.NOT_FOUND,
        "No method is called by %s %s."
            .formatted(request.prologue().method().text(), request.path().path()));
  }

  private static String orEmpty(@Nullable String group) {
    return group == null ? "" : group;
  }
}
