package ai.pollux.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client of one server. */
final class Api {
  static final String MODEL = "/v1beta/models/stories260K";
  static final String GENERATE = MODEL + ":generateContent";
  static final String STREAM = MODEL + ":streamGenerateContent?alt=sse";
  static final String COUNT = MODEL + ":countTokens";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  Api(String url) {
    this.url = url;
  }

  /** An answer of the server. */
  record Reply(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    String body() {
      return http.body();
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return parse(body());
    }

    /** What the first candidate says. */
    String text() {
      return Api.text(List.of(json()));
    }

    String error() {
      return json().path("error").path("message").asString();
    }

    /** The messages of an event stream. */
    List<JsonNode> events() {
      return Stream.of(body().split("\r\n\r\n", -1))
          .filter(event -> event.startsWith("data: "))
          .map(event -> parse(event.substring("data: ".length())))
          .toList();
    }
  }

  Reply get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  Reply post(String path, String json, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).POST(BodyPublishers.ofString(json)).build());
  }

  Reply post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  Reply call(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).method(method, BodyPublishers.noBody()).build());
  }

  /** Sends a body of unknown length, in chunks. */
  Reply postChunked(String path, InputStream body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofInputStream(() -> body)).build());
  }

  static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  /** A request to continue {@code text}, with the members of a generationConfig. */
  static String request(String text, String config) {
    return "{\"contents\":[{\"parts\":[{\"text\":%s}]}],\"generationConfig\":{%s}}"
        .formatted(MAPPER.writeValueAsString(text), config);
  }

  /** All that the first candidate says in these messages. */
  static String text(List<JsonNode> messages) {
    return messages.stream()
        .flatMap(message ->
            message.path("candidates").path(0).path("content").path("parts").valueStream())
        .map(part -> part.path("text").asString())
        .collect(Collectors.joining());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Reply send(HttpRequest request) throws IOException, InterruptedException {
    return new Reply(client.send(request, BodyHandlers.ofString()));
  }
}
