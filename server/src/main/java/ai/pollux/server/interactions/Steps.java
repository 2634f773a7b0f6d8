package ai.pollux.server.interactions;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.OpenAiJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is said to a model, as steps in order. */
public record Steps(List<Step> input) {
  private static final Set<String> CONTENTS = Set.of("text", "image", "audio", "video", "document");
  private static final Set<String> STEPS =
      Set.of("user_input", "model_output", "thought", "function_call", "function_result");

  public Steps {
    input = List.copyOf(input);
  }

  /**
   * Reads the {@code input} of a request.
   *
   * @throws ApiException INVALID_ARGUMENT with the place of the mistake
   */
  public static Steps of(@Nullable JsonNode input) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    if (input != null && input.isString()) {
      steps.add(said(contents(text(input.stringValue()))));
    } else if (input != null && input.isObject()) {
      requireOneOf(input, CONTENTS, "input");
      steps.add(said(contents(input)));
    } else if (input != null && input.isArray() && !input.isEmpty()) {
      boolean isContents = CONTENTS.contains(type(input.path(0)));
      for (int i = 0; i < input.size(); i++) {
        requireOneOf(input.path(i), isContents ? CONTENTS : STEPS, "input[" + i + "]");
      }
      steps = isContents ? steps.add(said(input)) : (ArrayNode) input;
    } else {
      throw ApiException.invalid(
          "input", "input: expected text, a content, a list of contents or a list of steps.");
    }
    return parse(JsonNodeFactory.instance.objectNode().set("input", steps).toString());
  }

  /** Reads what {@link #json} wrote. */
  public static Steps parse(String json) {
    return OpenAiJson.read(json.getBytes(StandardCharsets.UTF_8), Steps.class);
  }

  /** As it is kept. */
  public String json() {
    return OpenAiJson.write(this);
  }

  private static ObjectNode text(String text) {
    return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
  }

  private static ArrayNode contents(JsonNode content) {
    return JsonNodeFactory.instance.arrayNode().add(content);
  }

  private static ObjectNode said(JsonNode contents) {
    ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", "user_input");
    step.set("content", contents);
    return step;
  }

  private static String type(JsonNode node) {
    return node.path("type").asString("");
  }

  private static void requireOneOf(JsonNode node, Set<String> types, String place) {
    if (!types.contains(type(node))) {
      throw ApiException.invalid(
          place + ".type",
          "%s.type: this server reads %s here, found \"%s\"."
              .formatted(place, String.join(", ", types.stream().sorted().toList()), type(node)));
    }
  }
}
