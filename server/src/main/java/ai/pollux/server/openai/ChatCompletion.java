package ai.pollux.server.openai;

import ai.pollux.assistant.Usage;
import ai.pollux.assistant.media.Modality;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code chat/completions}, whole ({@code chat.completion}) or a chunk of it ({@code
 * chat.completion.chunk}).
 *
 * @param created seconds since 1970
 */
public record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable TokenCounts usage) {

  /** One of the answers: all of it as {@code message}, or what a chunk adds as {@code delta}. */
  public record Choice(
      int index,
      @Nullable Message message,
      @Nullable Delta delta,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Logprobs logprobs,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String finishReason) {}

  /** All that was said. */
  public record Message(
      String role,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String content,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String refusal,
      @Nullable String reasoningContent,
      @Nullable List<ToolCall> toolCalls,
      @Nullable FunctionCall functionCall) {}

  /** What is to be appended. */
  public record Delta(
      @Nullable String role,
      @Nullable String content,
      @Nullable String reasoningContent,
      @Nullable List<ToolCall> toolCalls,
      @Nullable FunctionCall functionCall) {}

  /** A call; {@code index} only in chunks. */
  public record ToolCall(@Nullable Integer index, String id, String type, FunctionCall function) {}

  /** The function to run; {@code arguments} is a text of JSON. */
  public record FunctionCall(String name, String arguments) {}

  /** The chosen token of every step. */
  public record Logprobs(List<TokenLogprob> content) {}

  /** Tokens counted: {@code total = prompt + completion}; the completion includes thoughts. */
  public record TokenCounts(
      int promptTokens,
      int completionTokens,
      int totalTokens,
      PromptDetails promptTokensDetails,
      CompletionDetails completionTokensDetails) {

    /** What the prompt's tokens are. */
    public record PromptDetails(int cachedTokens, int audioTokens) {}

    /** What the completion's tokens are. */
    public record CompletionDetails(int reasoningTokens) {}

    static TokenCounts of(Usage usage) {
      int completion = usage.answerTokens() + usage.thoughtTokens();
      return new TokenCounts(
          usage.prompt().total(),
          completion,
          usage.prompt().total() + completion,
          new PromptDetails(
              usage.cachedTokens(), usage.prompt().byModality().getOrDefault(Modality.AUDIO, 0)),
          new CompletionDetails(usage.thoughtTokens()));
    }
  }
}
