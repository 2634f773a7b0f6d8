package ai.pollux.server.gemini;

import ai.pollux.assistant.PromptTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens counted so far: {@code total = prompt + toolUsePrompt + thoughts + candidates}.
 *
 * @param toolUsePromptTokenCount what tools put into the prompt
 */
public record UsageMetadata(
    int promptTokenCount,
    @Nullable Integer cachedContentTokenCount,
    @Nullable Integer candidatesTokenCount,
    @Nullable Integer thoughtsTokenCount,
    @Nullable Integer toolUsePromptTokenCount,
    int totalTokenCount,
    List<ModalityTokenCount> promptTokensDetails,
    @Nullable List<ModalityTokenCount> toolUsePromptTokensDetails) {

  /** How many tokens came from one modality. */
  public record ModalityTokenCount(String modality, int tokenCount) {
    /** Text. */
    static ModalityTokenCount ofText(int tokens) {
      return new ModalityTokenCount("TEXT", tokens);
    }

    /** The same with fewer tokens of text. */
    ModalityTokenCount withoutText(int tokens) {
      return modality.equals("TEXT") ? ofText(tokenCount - tokens) : this;
    }

    /** All that a prompt has. */
    public static List<ModalityTokenCount> of(PromptTokens prompt) {
      return prompt.byModality().entrySet().stream()
          .map(each -> new ModalityTokenCount(each.getKey().name(), each.getValue()))
          .toList();
    }
  }
}
