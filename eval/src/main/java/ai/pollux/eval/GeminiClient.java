package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a server that speaks the Gemini API: Pollux, or Google's. Safe to share between threads;
 * closing it ends its connections.
 */
public final class GeminiClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOST_TRIES = 5;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final URI endpoint;
  private final Optional<String> apiKey;
  private final Duration firstPause;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * A client of one model.
   *
   * @param base like {@code http://127.0.0.1:8080}
   * @param model like {@code gemini-pro}
   * @param apiKey sent where there is one
   */
  public GeminiClient(URI base, String model, Optional<String> apiKey) {
    this(base, model, apiKey, Duration.ofSeconds(1));
  }

  /** The same, which waits so long before it asks a busy server again; each time twice as long. */
  GeminiClient(URI base, String model, Optional<String> apiKey, Duration firstPause) {
    endpoint = base.resolve("/v1beta/models/" + model + ":generateContent");
    this.apiKey = apiKey;
    this.firstPause = firstPause;
  }

  /**
   * The parts of the answer: texts, thoughts and function calls. A server that is busy (429) or
   * failed (5xx) is asked again, up to five times.
   *
   * @throws ServiceException if there is no answer
   */
  public List<Part> answer(Conversation conversation, int mostTokens) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(RequestJson.of(conversation, mostTokens)));
    apiKey.ifPresent(key -> request.header("x-goog-api-key", key));
    Duration pause = firstPause;
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> response = send(request.build());
      if (response.statusCode() < 300) {
        return parts(response.body());
      }
      boolean isPassing =
          response.statusCode() == TOO_MANY_REQUESTS || response.statusCode() >= SERVER_ERROR;
      if (!isPassing || attempt == MOST_TRIES) {
        throw new ServiceException(
            "%s answered %d: %s"
                .formatted(endpoint, response.statusCode(), message(response.body())));
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ServiceException("%s cannot be reached: %s".formatted(endpoint, e), e);
    }
  }

  private static List<Part> parts(String body) {
    JsonNode candidate = JSON.readTree(body).path("candidates").path(0);
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : candidate.path("content").path("parts")) {
      JsonNode call = part.path("functionCall");
      String text = part.path("text").asString("");
      if (call.isObject()) {
        Json arguments =
            call.has("args") ? Json.parse(call.path("args").toString()) : Json.Obj.EMPTY;
        parts.add(
            new Part.ToolCall(
                call.path("id").asString(""), call.path("name").asString(""), arguments));
      } else if (part.path("thought").asBoolean(false)) {
        parts.add(new Part.Thought(text));
      } else if (!text.isEmpty()) {
        parts.add(new Part.Text(text));
      }
    }
    return parts;
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("error").path("message").asString(body);
    } catch (JacksonException e) {
      return body;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
