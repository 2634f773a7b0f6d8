package ai.pollux.server.openai;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Body of {@code responses}.
 *
 * @param input text, or a list of items
 * @param instructions text, or a list of items
 */
public record ResponsesRequest(
    @Nullable String model,
    @Nullable JsonNode input,
    @Nullable JsonNode instructions,
    @Nullable List<Tool> tools,
    @Nullable JsonNode toolChoice,
    @Nullable Boolean parallelToolCalls,
    @Nullable Text text,
    @Nullable Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topLogprobs,
    @Nullable List<String> include,
    @Nullable Reasoning reasoning,
    @Nullable Boolean stream,
    @Nullable JsonNode previousResponseId,
    @Nullable JsonNode conversation,
    @Nullable JsonNode prompt,
    @Nullable Boolean background,
    @Nullable JsonNode metadata,
    @Nullable Google google,
    Google.@Nullable ExtraBody extraBody) {

  /** A function that the client can run; {@code type} is {@code function}. */
  public record Tool(
      @Nullable String type,
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonNode parameters,
      @Nullable Boolean strict) {}

  /** The form of the answer. */
  public record Text(@Nullable JsonNode format, @Nullable String verbosity) {}

  /**
   * How much to think.
   *
   * @param summary present where the thinking is to be shown
   */
  public record Reasoning(@Nullable String effort, @Nullable String summary) {}

  /** Google's additions. */
  Google extensions() {
    return Google.of(google, extraBody);
  }

  /** The cached beginning of the conversation; empty where there is none. */
  public String cachedContent() {
    return Objects.requireNonNullElse(extensions().cachedContent(), "");
  }

  /** Whether the thinking is shown. */
  boolean showsThoughts() {
    return (reasoning != null && reasoning.summary() != null) || extensions().includesThoughts();
  }

  /** Whether log-probabilities are. */
  boolean hasLogprobs() {
    return include != null && include.contains("message.output_text.logprobs");
  }
}
