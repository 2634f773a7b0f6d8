package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.OpenAiError;
import ai.pollux.server.openai.OpenAiJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/**
 * The OpenAI API: chat completions, responses, vectors and models, with errors as its clients read
 * them.
 */
final class OpenAiResource implements Resource {
  private final OpenAiHandler handler;

  OpenAiResource(OpenAiHandler handler) {
    this.handler = handler;
  }

  @Override
  public boolean owns(String path) {
    return OpenAiPath.parse(path).isPresent();
  }

  @Override
  public boolean isAudited() {
    return false;
  }

  /** Asking a model is; looking at models is not. */
  @Override
  public boolean isMetered(ServerRequest request) {
    return request.prologue().method().equals(Method.POST);
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    OpenAiPath path = OpenAiPath.parse(request.path().path()).orElseThrow();
    String asked = request.prologue().method().text() + " " + path.method();
    switch (asked) {
      case "POST chat/completions" -> handler.chat(request, response);
      case "POST responses" -> handler.respond(request, response);
      case "POST embeddings" -> handler.embed(request, response);
      case "GET models" -> handler.models(response);
      default -> {
        if (path.model().isEmpty() || !request.prologue().method().equals(Method.GET)) {
          throw new ApiException(
              ApiException.Status.NOT_FOUND,
              "Unknown request: %s %s. This server has POST chat/completions, POST responses, POST embeddings, GET models and GET models/{id}."
                  .formatted(request.prologue().method().text(), request.path().path()));
        }
        handler.model(path.model().get(), response);
      }
    }
  }

  @Override
  public void fail(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException known = Replies.error(failure);
    OpenAiError error = OpenAiError.of(known);
    OpenAiError.retryAfter(known)
        .ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, seconds));
    response.status(Status.create(error.status()));
    send(response, error);
  }

  /** Sends a message. */
  static void send(ServerResponse response, Object message) {
    response.header(HeaderNames.CONTENT_TYPE, Replies.JSON);
    response.send(OpenAiJson.write(message));
  }
}
