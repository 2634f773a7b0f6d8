package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer of {@code generateContent}, and every chunk of {@code streamGenerateContent}. */
public record GenerateContentResponse(
    @Nullable List<Candidate> candidates,
    @Nullable UsageMetadata usageMetadata,
    @Nullable String modelVersion,
    @Nullable String responseId) {

  /** One of the answers, or what a chunk adds to it. */
  public record Candidate(
      @Nullable Content content,
      @Nullable FinishReason finishReason,
      @Nullable String finishMessage,
      int index,
      @Nullable Double avgLogprobs,
      @Nullable LogprobsResult logprobsResult,
      @Nullable GroundingMetadata groundingMetadata) {}

  /** Why a candidate ended. */
  public enum FinishReason {
    STOP,
    MAX_TOKENS,
    OTHER,
    MALFORMED_FUNCTION_CALL
  }

  /** The chosen token of every step, and the likeliest ones beside it. */
  public record LogprobsResult(
      List<Token> chosenCandidates,
      @Nullable List<TopCandidates> topCandidates,
      double logProbabilitySum) {

    /** A token and the natural logarithm of its probability. */
    public record Token(String token, int tokenId, double logProbability) {}

    /** The likeliest tokens of one step, best first. */
    public record TopCandidates(List<Token> candidates) {}
  }
}
