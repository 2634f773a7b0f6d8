package ai.pollux.langchain4j;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.engine.sample.Sampling;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's requests as requests to the assistant. */
final class RequestMapping {
  private RequestMapping() {}

  /**
   * What to answer.
   *
   * @param defaults how tokens are picked where the request says nothing
   * @throws UnsupportedFeatureException for tools together with a response format, and for messages
   *     that no model here reads
   */
  static AnswerRequest answer(ChatRequest request, Sampling defaults) {
    boolean isWithoutTools = request.toolChoice() == ToolChoice.NONE;
    List<ToolDeclaration> tools =
        isWithoutTools || request.toolSpecifications() == null
            ? List.of()
            : request.toolSpecifications().stream().map(RequestMapping::tool).toList();
    Conversation conversation = MessageMapping.conversation(request.messages(), tools);
    Integer most = request.maxOutputTokens();
    return new AnswerRequest(
        new Prompt.Chat(conversation, false),
        sampling(request, defaults),
        most == null ? OptionalInt.empty() : OptionalInt.of(most),
        1,
        request.stopSequences() == null ? List.of() : request.stopSequences(),
        shape(request, tools));
  }

  private static Sampling sampling(ChatRequest request, Sampling defaults) {
    Sampling sampling =
        defaults.withPenalties(
            orZero(request.presencePenalty()), orZero(request.frequencyPenalty()));
    if (request.temperature() != null) {
      sampling = sampling.withTemperature(request.temperature().floatValue());
    }
    if (request.topP() != null) {
      sampling = sampling.withTopP(request.topP().floatValue());
    }
    return request.topK() == null ? sampling : sampling.withTopK(request.topK());
  }

  private static float orZero(@Nullable Double value) {
    return value == null ? 0 : value.floatValue();
  }

  private static AnswerShape shape(ChatRequest request, List<ToolDeclaration> tools) {
    ResponseFormat format = request.responseFormat();
    boolean isJson = format != null && format.type() == ResponseFormatType.JSON;
    if (isJson && !tools.isEmpty()) {
      throw new UnsupportedFeatureException(
          "tools and a JSON response format in one request. Ask with tools first, then for JSON");
    }
    if (isJson) {
      return format.jsonSchema() == null
          ? new AnswerShape.AnyJson()
          : new AnswerShape.Schema(
              schema(format.jsonSchema().rootElement()), format.jsonSchema().name());
    }
    return request.toolChoice() == ToolChoice.REQUIRED
        ? new AnswerShape.Calls(tools, true)
        : new AnswerShape.Free();
  }

  private static ToolDeclaration tool(ToolSpecification tool) {
    return new ToolDeclaration(
        tool.name(),
        tool.description() == null ? "" : tool.description(),
        tool.parameters() == null ? Json.Obj.EMPTY : schema(tool.parameters()));
  }

  private static Json.Obj schema(JsonSchemaElement element) {
    String written = JsonMapper.shared().writeValueAsString(JsonSchemaElementUtils.toMap(element));
    return (Json.Obj) Json.parse(written);
  }
}
