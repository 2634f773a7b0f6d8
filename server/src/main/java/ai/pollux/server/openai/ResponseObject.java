package ai.pollux.server.openai;

import ai.pollux.assistant.Usage;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A response, as far as it has come. What a request may say is said back.
 *
 * @param createdAt seconds since 1970
 * @param status {@code in_progress}, {@code completed}, {@code incomplete} or {@code failed}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResponseObject(
    String id,
    String object,
    long createdAt,
    String status,
    boolean background,
    @Nullable Failure error,
    @Nullable IncompleteDetails incompleteDetails,
    @Nullable JsonNode instructions,
    @Nullable Integer maxOutputTokens,
    String model,
    List<OutputItem> output,
    boolean parallelToolCalls,
    @Nullable String previousResponseId,
    ResponsesRequest.Reasoning reasoning,
    boolean store,
    double temperature,
    TextFormat text,
    Object toolChoice,
    List<ResponsesRequest.Tool> tools,
    double topP,
    String truncation,
    @Nullable TokenCounts usage,
    Object metadata) {

  /** Why it failed. */
  public record Failure(String code, String message) {}

  /** Why it is not whole. */
  public record IncompleteDetails(String reason) {}

  /** The form that its text is held to. */
  public record TextFormat(Object format) {}

  /** Tokens counted; the output includes thoughts. */
  public record TokenCounts(
      int inputTokens,
      InputDetails inputTokensDetails,
      int outputTokens,
      OutputDetails outputTokensDetails,
      int totalTokens) {

    /** What the input's tokens are; writing to the cache costs nothing here. */
    public record InputDetails(int cachedTokens, int cacheWriteTokens) {}

    /** What the output's tokens are. */
    public record OutputDetails(int reasoningTokens) {}

    static TokenCounts of(Usage usage) {
      int output = usage.answerTokens() + usage.thoughtTokens();
      return new TokenCounts(
          usage.prompt().total(),
          new InputDetails(usage.cachedTokens(), 0),
          output,
          new OutputDetails(usage.thoughtTokens()),
          usage.prompt().total() + output);
    }
  }
}
