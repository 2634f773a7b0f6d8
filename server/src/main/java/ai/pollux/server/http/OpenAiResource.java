package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.ChatRequest;
import ai.pollux.server.openai.EmbeddingList;
import ai.pollux.server.openai.EmbeddingsRequest;
import ai.pollux.server.openai.ModelList;
import ai.pollux.server.openai.OpenAiError;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.openai.ResponsesRequest;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Payload;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

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
  public List<Endpoint> endpoints() {
    String root = "/v1beta/openai/";
    Payload json = new Payload.Raw("application/json");
    return List.of(
        Endpoint.of("POST", root + "chat/completions", "openai.chat", "An answer, or a stream.")
            .takes(ChatRequest.class)
            .gives(json),
        Endpoint.of("POST", root + "responses", "openai.responses", "An answer, or a stream.")
            .takes(ResponsesRequest.class)
            .gives(json),
        Endpoint.of("POST", root + "embeddings", "openai.embeddings", "Vectors of texts.")
            .takes(EmbeddingsRequest.class)
            .gives(EmbeddingList.class),
        Endpoint.of("GET", root + "models", "openai.models", "The models that are served.")
            .gives(ModelList.class),
        Endpoint.of("GET", root + "models/{model}", "openai.model", "One of them.")
            .gives(ModelList.Entry.class));
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
