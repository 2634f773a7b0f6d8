package ai.pollux.server.gemini;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How to generate. */
public record GenerationConfig(
    @Nullable Integer candidateCount,
    @Nullable List<String> stopSequences,
    @Nullable Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Double topK,
    @Nullable Long seed,
    @Nullable Double presencePenalty,
    @Nullable Double frequencyPenalty,
    @Nullable String responseMimeType,
    @Nullable JsonNode responseSchema,
    @JsonAlias("_responseJsonSchema") @Nullable JsonNode responseJsonSchema,
    @Nullable JsonNode responseFormat,
    @Nullable Boolean responseLogprobs,
    @Nullable Integer logprobs,
    @Nullable List<String> responseModalities,
    @Nullable ThinkingConfig thinkingConfig,
    @Nullable String mediaResolution,
    @Nullable JsonNode speechConfig,
    @Nullable JsonNode imageConfig,
    @Nullable JsonNode translationConfig,
    @Nullable JsonNode audioTranscriptionConfig,
    @Nullable Boolean enableEnhancedCivicAnswers,
    @Nullable Boolean enableAffectiveDialog) {

  /** Nothing set. */
  public static final GenerationConfig DEFAULT =
      new GenerationConfig(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null, null, null);

  /** Whether and how much to think before the answer. */
  public record ThinkingConfig(
      @Nullable Boolean includeThoughts,
      @Nullable Integer thinkingBudget,
      @Nullable String thinkingLevel) {}
}
