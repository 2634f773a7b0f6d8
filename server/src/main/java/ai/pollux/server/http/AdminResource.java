package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.AuditLog;
import ai.pollux.server.state.Limits;
import ai.pollux.server.state.RequestLog;
import ai.pollux.server.state.Role;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keys and logs, for administrators: {@code /admin/v1/keys}, {@code audit}, {@code requests}. */
final class AdminResource implements Resource {
  private static final String ROOT = "/admin/v1/";
  private static final String KEYS = ROOT + "keys";
  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private final LateState state;
  private final Bodies bodies;

  AdminResource(LateState state, Bodies bodies) {
    this.state = state;
    this.bodies = bodies;
  }

  /** Body of a new key. */
  record NewKey(
      @Nullable String project,
      @Nullable String name,
      @Nullable String role,
      @Nullable WireLimits limits) {}

  /** Limits as JSON: what is absent is not limited. */
  record WireLimits(
      @Nullable Long requestsPerMinute,
      @Nullable Long requestsPerDay,
      @Nullable Long tokensPerMinute,
      @Nullable Long tokensPerDay,
      @Nullable Long concurrentRequests) {
    static WireLimits of(Limits limits) {
      return new WireLimits(
          boxed(limits.requestsPerMinute()),
          boxed(limits.requestsPerDay()),
          boxed(limits.tokensPerMinute()),
          boxed(limits.tokensPerDay()),
          boxed(limits.concurrentRequests()));
    }

    Limits limits() {
      return new Limits(
          number("requests_per_minute", requestsPerMinute),
          number("requests_per_day", requestsPerDay),
          number("tokens_per_minute", tokensPerMinute),
          number("tokens_per_day", tokensPerDay),
          number("concurrent_requests", concurrentRequests));
    }

    private static @Nullable Long boxed(OptionalLong value) {
      return value.isPresent() ? value.getAsLong() : null;
    }

    private static OptionalLong number(String name, @Nullable Long value) {
      if (value != null && value < 1) {
        throw ApiException.invalid(
            "limits." + name, "limits.%s: expected at least 1, found %d.".formatted(name, value));
      }
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  /** A key as JSON. */
  record WireKey(
      String id,
      String project,
      String name,
      Role role,
      String hint,
      WireLimits limits,
      Instant createTime,
      @Nullable Instant revokeTime) {
    static WireKey of(ApiKey key) {
      return new WireKey(
          key.id(),
          key.project(),
          key.name(),
          key.role(),
          key.hint(),
          WireLimits.of(key.limits()),
          key.created(),
          key.revoked().orElse(null));
    }
  }

  /** A new key as JSON: the only time that its secret is told. */
  record WireCreated(WireKey key, String secret) {}

  @Override
  public boolean owns(String path) {
    return path.startsWith(ROOT);
  }

  @Override
  public Role least(ServerRequest request) {
    return Role.ADMIN;
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) throws IOException {
    String path = request.path().path();
    String call = request.prologue().method().text() + " " + path.replaceFirst("/$", "");
    if (call.equals("GET " + KEYS)) {
      List<WireKey> keys = state.get().keys().list().stream().map(WireKey::of).toList();
      Replies.json(request, response, Map.of("keys", keys));
    } else if (call.equals("POST " + KEYS)) {
      Replies.json(request, response, create(Wire.read(bodies.read(request), NewKey.class)));
    } else if (request.prologue().method().equals(Method.DELETE) && path.startsWith(KEYS + "/")) {
      revoke(path.substring(KEYS.length() + 1));
      Replies.json(request, response, Map.of());
    } else if (call.equals("GET " + ROOT + "audit")) {
      List<AuditLog.Entry> entries = state.get().audit().list(before(request), page(request));
      Replies.json(request, response, Map.of("entries", entries));
    } else if (call.equals("GET " + ROOT + "requests")) {
      String project = request.query().first("project").orElse("");
      state.get().requests().flush();
      List<RequestLog.Entry> entries =
          state.get().requests().list(project, before(request), page(request));
      Replies.json(request, response, Map.of("requests", entries));
    } else {
      throw new ApiException(
          ApiException.Status.NOT_FOUND,
          "No method is called by %s. There are GET, POST %s, DELETE %s/{id}, GET %saudit, GET %srequests."
              .formatted(call, KEYS, KEYS, ROOT, ROOT));
    }
  }

  private WireCreated create(NewKey wanted) {
    String project = wanted.project() == null ? Caller.DEFAULT_PROJECT : wanted.project();
    Role role = wanted.role() == null ? Role.DEVELOPER : role(wanted.role());
    Limits limits = wanted.limits() == null ? Limits.NONE : wanted.limits().limits();
    String name = wanted.name() == null ? "" : wanted.name();
    try {
      ApiKey.Created created = state.get().keys().create(project, name, role, limits);
      return new WireCreated(WireKey.of(created.key()), created.secret());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("project", String.valueOf(e.getMessage()));
    }
  }

  private void revoke(String id) {
    if (!state.get().keys().revoke(id)) {
      throw new ApiException(
          ApiException.Status.NOT_FOUND, "There is no key %s in force.".formatted(id));
    }
  }

  private static Role role(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          "role",
          "role: expected one of %s, found \"%s\"."
              .formatted(Arrays.toString(Role.values()), name));
    }
  }

  private static int page(ServerRequest request) {
    int asked = Queries.number(request, "pageSize", DEFAULT_PAGE);
    return asked == 0 ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, asked);
  }

  private static Instant before(ServerRequest request) {
    String text = request.query().first("before").orElse("");
    try {
      return text.isEmpty() ? Instant.now().plusSeconds(1) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw ApiException.invalid(
          "before",
          "before: expected a time such as 2026-11-27T12:00:00Z, found \"%s\".".formatted(text));
    }
  }
}
