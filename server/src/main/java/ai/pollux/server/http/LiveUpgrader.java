package ai.pollux.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.pollux.server.live.AuthTokens;
import ai.pollux.server.live.LiveException;
import ai.pollux.server.live.LiveLimits;
import ai.pollux.server.live.LiveSession;
import ai.pollux.server.live.LiveSessions;
import ai.pollux.server.live.Outbox;
import ai.pollux.server.state.Role;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests for the Live API into WebSocket connections. Who may not open one gets the
 * connection all the same, and the reason as its close frame: clients of WebSocket do not show the
 * body of a refused request.
 */
final class LiveUpgrader extends WsUpgrader {
  private final Access access;
  private final Cors cors;
  private final AuthTokens tokens;
  private final LiveSessions sessions;
  private final LiveLimits limits;
  private final LiveCallers callers;

  LiveUpgrader(
      Access access,
      Cors cors,
      AuthTokens tokens,
      LiveSessions sessions,
      LiveLimits limits,
      LiveCallers callers) {
    super(WsConfig.create());
    this.access = access;
    this.cors = cors;
    this.tokens = tokens;
    this.sessions = sessions;
    this.limits = limits;
    this.callers = callers;
  }

  /** The connection, or nothing where the request is to be answered as any other. */
  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    Optional<LivePath> path = LivePath.parse(prologue.uriPath().path());
    if (path.isEmpty() || !headers.contains(WS_KEY)) {
      return null;
    }
    checkOrigin(headers);
    if (!headers.first(WS_VERSION).orElse(SUPPORTED_VERSION).equals(SUPPORTED_VERSION)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("Sec-WebSocket-Version: expected 13")
          .header(SUPPORTED_VERSION_HEADER)
          .build();
    }
    String answer =
        SWITCHING_PROTOCOL_PREFIX
            + hash(context, headers.get(WS_KEY).get())
            + SWITCHING_PROTOCOLS_SUFFIX;
    context.dataWriter().writeNow(BufferData.create(answer.getBytes(US_ASCII)));
    return new LiveConnection(
        context, limits, sessions, outbox -> open(path.get(), prologue, headers, outbox));
  }

  /**
   * Pages of other origins may open WebSockets without asking (RFC 6455, 10.2): those that may not
   * call the API must not talk to its models either.
   */
  private void checkOrigin(Headers headers) {
    String origin = headers.first(HeaderNames.ORIGIN).orElse("");
    if (!origin.isEmpty() && !cors.allows(origin)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.FORBIDDEN)
          .message("Pages of this origin may not call. Start the server with --cors-origin.")
          .safeMessage(true)
          .build();
    }
  }

  private LiveSession open(LivePath path, HttpPrologue prologue, Headers headers, Outbox outbox) {
    if (!path.isConstrained()) {
      Caller caller = access.check(headers, prologue.query(), Role.DEVELOPER);
      return sessions.open(Optional.empty(), callers.of(caller, prologue.uriPath().path()), outbox);
    }
    String token =
        prologue
            .query()
            .first("access_token")
            .asOptional()
            .or(() -> headers.first(HeaderNames.AUTHORIZATION).flatMap(LiveUpgrader::token))
            .orElseThrow(() ->
                new LiveException(
                    LiveException.POLICY,
                    "An auth token is needed: ?access_token= or Authorization: Token."));
    AuthTokens.Grant grant = tokens.find(token);
    return sessions.open(Optional.of(grant), grant.caller(), outbox);
  }

  private static Optional<String> token(String authorization) {
    return authorization.regionMatches(true, 0, "Token ", 0, 6)
        ? Optional.of(authorization.substring(6).strip())
        : Optional.empty();
  }
}
