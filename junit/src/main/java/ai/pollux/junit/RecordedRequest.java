package ai.pollux.junit;

import ai.pollux.server.http.Interceptor.Call;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a client sent.
 *
 * @param verb of HTTP, like {@code POST}
 * @param path like {@code /v1beta/models/gemini-pro:generateContent}
 * @param headers by their names in small letters
 * @param body as it came; empty for uploads
 */
public record RecordedRequest(
    String verb, String path, Map<String, String> query, Map<String, String> headers, String body) {
  static RecordedRequest of(Call call) {
    return new RecordedRequest(
        call.method(),
        call.path(),
        call.query(),
        call.headers(),
        new String(call.body(), StandardCharsets.UTF_8));
  }

  /** What is asked of the model, like {@code generateContent}; empty where nothing is. */
  public String method() {
    int colon = path.lastIndexOf(':');
    return colon < 0 ? "" : path.substring(colon + 1);
  }

  /** The model's name as the client wrote it; empty where there is none. */
  public String model() {
    int start = path.indexOf("/models/");
    String rest = start < 0 ? "" : path.substring(start + "/models/".length());
    int colon = rest.lastIndexOf(':');
    return colon < 0 ? rest : rest.substring(0, colon);
  }

  /** Whether the model is asked to write: whole, or as a stream. */
  public boolean generates() {
    return method().equals("generateContent") || method().equals("streamGenerateContent");
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body as JSON; a missing node where it is none. */
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /** The text of the last turn; empty where there is none. */
  public String prompt() {
    JsonNode contents = json().path("contents");
    // A single message may stand where a list of them is expected.
    JsonNode last = contents.isArray() ? contents.path(contents.size() - 1) : contents;
    JsonNode parts = last.path("parts");
    return parts.isArray()
        ? parts
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining())
        : parts.path("text").asString("");
  }
}
