package ai.pollux.server.http;

import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.Role;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param actor the key's id, or what stands for it in logs
 * @param project whose files, caches and batches it sees
 * @param key its key, where that is one of the database's
 */
record Caller(String actor, String project, Role role, Optional<ApiKey> key) {
  static final String DEFAULT_PROJECT = "default";

  /** Whoever uses this machine, where no keys are asked for. */
  static final Caller LOCAL = new Caller("local", DEFAULT_PROJECT, Role.ADMIN, Optional.empty());

  /** Who started the server, and gave it a key. */
  static final Caller OPERATOR =
      new Caller("operator", DEFAULT_PROJECT, Role.ADMIN, Optional.empty());

  /** Someone who shows another proof than a key. */
  static final Caller NOBODY = new Caller("", DEFAULT_PROJECT, Role.VIEWER, Optional.empty());

  static Caller of(ApiKey key) {
    return new Caller(key.id(), key.project(), key.role(), Optional.of(key));
  }

  /** Notes who sent a request. */
  void register(ServerRequest request) {
    request.context().register(Caller.class, this);
  }

  /** Who sent a request. */
  static Caller of(ServerRequest request) {
    return request.context().get(Caller.class, Caller.class).orElse(NOBODY);
  }
}
