package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.Role;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets requests in that carry a known API key, in any of the places where clients put it. While
 * there is no key at all everybody may call.
 */
final class Access {
  private static final HeaderName API_KEY = HeaderNames.create("x-goog-api-key");

  private final List<byte[]> operatorKeys;
  private final LateState state;

  Access(List<String> operatorKeys, LateState state) {
    this.operatorKeys =
        operatorKeys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
    this.state = state;
  }

  /**
   * Who calls, if they may.
   *
   * @param least what the call takes
   * @throws ApiException PERMISSION_DENIED without a key or with one that may not do this,
   *     INVALID_ARGUMENT with a wrong one, as Google answers
   */
  Caller check(ServerRequest request, Role least) {
    return check(request.headers(), request.query(), least);
  }

  /** The same, for what is no request of Helidon's router. */
  Caller check(Headers headers, UriQuery query, Role least) {
    Caller caller = caller(keyOf(headers, query));
    if (!caller.role().includes(least)) {
      throw new ApiException(
          ApiException.Status.PERMISSION_DENIED,
          "This API key has the role %s; the call takes %s.".formatted(caller.role(), least));
    }
    return caller;
  }

  private Caller caller(Optional<String> key) {
    Optional<Caller> known = key.flatMap(this::find);
    if (known.isPresent()) {
      return known.get();
    }
    if (operatorKeys.isEmpty() && state.withKeys().filter(open -> open.keys().any()).isEmpty()) {
      return Caller.LOCAL;
    }
    throw key.isEmpty() ? noKey() : wrongKey();
  }

  private Optional<Caller> find(String key) {
    byte[] given = key.getBytes(StandardCharsets.UTF_8);
    boolean isOperator = false;
    for (byte[] expected : operatorKeys) {
      isOperator |= MessageDigest.isEqual(expected, given);
    }
    return isOperator
        ? Optional.of(Caller.OPERATOR)
        : state.withKeys().flatMap(open -> open.keys().find(key)).map(Caller::of);
  }

  private static ApiException noKey() {
    return new ApiException(
        ApiException.Status.PERMISSION_DENIED,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form"
            + " of API consumer identity to call this API.");
  }

  private static ApiException wrongKey() {
    return new ApiException(
        ApiException.Status.INVALID_ARGUMENT,
        "API key not valid. Please pass a valid API key.",
        List.of(
            Map.of(
                "@type", "type.googleapis.com/google.rpc.ErrorInfo",
                "reason", "API_KEY_INVALID",
                "domain", "googleapis.com",
                "metadata", Map.of("service", "generativelanguage.googleapis.com"))));
  }

  private static Optional<String> keyOf(Headers headers, UriQuery query) {
    Optional<String> header = headers.first(API_KEY).filter(key -> !key.isBlank());
    if (header.isPresent()) {
      return header;
    }
    Optional<String> parameter = query.first("key").asOptional();
    if (parameter.isPresent()) {
      return parameter;
    }
    return headers
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }
}
