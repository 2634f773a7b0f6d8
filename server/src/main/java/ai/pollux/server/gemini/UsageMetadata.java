package ai.pollux.server.gemini;

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
    /** Text tokens. */
    public static ModalityTokenCount text(int tokens) {
      return new ModalityTokenCount("TEXT", tokens);
    }
  }
}
