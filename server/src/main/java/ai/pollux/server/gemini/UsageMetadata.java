package ai.pollux.server.gemini;

import ai.pollux.assistant.PromptTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens counted so far: {@code total = prompt + thoughts + candidates}. */
public record UsageMetadata(
    int promptTokenCount,
    @Nullable Integer cachedContentTokenCount,
    @Nullable Integer candidatesTokenCount,
    @Nullable Integer thoughtsTokenCount,
    int totalTokenCount,
    List<ModalityTokenCount> promptTokensDetails) {

  /** How many tokens came from one modality. */
  public record ModalityTokenCount(String modality, int tokenCount) {
    /** All that a prompt has. */
    public static List<ModalityTokenCount> of(PromptTokens prompt) {
      return prompt.byModality().entrySet().stream()
          .map(each -> new ModalityTokenCount(each.getKey().name(), each.getValue()))
          .toList();
    }
  }
}
