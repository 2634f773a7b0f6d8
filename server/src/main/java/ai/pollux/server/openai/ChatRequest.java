package ai.pollux.server.openai;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code chat/completions}. */
public record ChatRequest(
    @Nullable String model,
    @Nullable List<Message> messages,
    @Nullable Integer maxTokens,
    @Nullable Integer maxCompletionTokens,
    @Nullable Integer n,
    @Nullable JsonNode stop,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Long seed,
    @Nullable Double presencePenalty,
    @Nullable Double frequencyPenalty,
    @Nullable Map<Integer, Double> logitBias,
    @Nullable Boolean logprobs,
    @Nullable Integer topLogprobs,
    @Nullable List<String> modalities,
    @Nullable String reasoningEffort,
    @Nullable JsonNode responseFormat,
    @Nullable List<Tool> tools,
    @Nullable JsonNode toolChoice,
    @Nullable Boolean parallelToolCalls,
    @Nullable List<Function> functions,
    @Nullable JsonNode functionCall,
    @Nullable Google google,
    Google.@Nullable ExtraBody extraBody) {

  /** Whether it asks in the words that came before {@code tools}, and is to be answered in them. */
  boolean isLegacy() {
    return functions != null && tools == null;
  }

  /** Google's additions. */
  Google extensions() {
    return Google.of(google, extraBody);
  }

  /** The cached beginning of the conversation; empty where there is none. */
  public String cachedContent() {
    return Objects.requireNonNullElse(extensions().cachedContent(), "");
  }

  /**
   * What one side said.
   *
   * @param content text, or a list of parts
   */
  public record Message(
      @Nullable String role,
      @Nullable JsonNode content,
      @Nullable String name,
      @Nullable List<ToolCall> toolCalls,
      @Nullable String toolCallId,
      @Nullable FunctionCall functionCall,
      @Nullable String reasoningContent,
      @Nullable String refusal,
      @Nullable JsonNode extraContent) {}

  /** A call that the model made before. */
  public record ToolCall(
      @Nullable String id, @Nullable String type, @Nullable FunctionCall function) {}

  /** Its function; {@code arguments} is a text of JSON, or the JSON itself. */
  public record FunctionCall(@Nullable String name, @Nullable JsonNode arguments) {}

  /** What the model may call; {@code type} is {@code function}. */
  public record Tool(@Nullable String type, @Nullable Function function) {}

  /** A function that the client can run. */
  public record Function(
      @Nullable String name, @Nullable String description, @Nullable JsonNode parameters) {}

  /** How to stream. */
  public record StreamOptions(@Nullable Boolean includeUsage) {}
}
