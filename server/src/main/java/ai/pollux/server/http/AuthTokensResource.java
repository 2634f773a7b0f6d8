package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.live.AuthToken;
import ai.pollux.server.live.AuthTokens;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tokens for live sessions: {@code /v1alpha/auth_tokens}. */
final class AuthTokensResource implements Resource {
  private static final Pattern PATH = Pattern.compile("/+(?:v1|v1beta|v1alpha)/+auth_tokens/*");

  private final AuthTokens tokens;
  private final LiveCallers callers;
  private final Bodies bodies;

  AuthTokensResource(AuthTokens tokens, LiveCallers callers, Bodies bodies) {
    this.tokens = tokens;
    this.callers = callers;
    this.bodies = bodies;
  }

  @Override
  public boolean owns(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) throws IOException {
    if (!request.prologue().method().equals(Method.POST)) {
      throw new ApiException(
          ApiException.Status.NOT_FOUND,
          "No method is called by %s %s. Auth tokens are made by POST, and not shown again."
              .formatted(request.prologue().method().text(), request.path().path()));
    }
    byte[] body = bodies.read(request);
    byte[] asked = body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
    Replies.json(
        request,
        response,
        tokens.create(
            Wire.read(asked, AuthToken.class),
            callers.of(Caller.of(request), request.path().path())));
  }
}
