package ai.pollux.server.live;

import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.GenerateContentRequest.SafetySetting;
import ai.pollux.server.gemini.GenerationConfig;
import ai.pollux.server.gemini.Tool;
import ai.pollux.server.gemini.ToolConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code BidiGenerateContentSetup}: what a session is to be. What only concerns spoken answers and
 * transcripts is read and has no effect.
 *
 * @param toolConfig how tools may be used; Google's setup has no such member
 */
public record Setup(
    @Nullable String model,
    @Nullable GenerationConfig generationConfig,
    @Nullable Content systemInstruction,
    @Nullable List<Tool> tools,
    @Nullable ToolConfig toolConfig,
    @Nullable RealtimeInputConfig realtimeInputConfig,
    @Nullable SessionResumption sessionResumption,
    @Nullable ContextWindowCompression contextWindowCompression,
    @Nullable JsonNode inputAudioTranscription,
    @Nullable JsonNode outputAudioTranscription,
    @Nullable HistoryConfig historyConfig,
    @Nullable JsonNode proactivity,
    @Nullable Boolean explicitVadSignal,
    @Nullable List<SafetySetting> safetySettings,
    @Nullable JsonNode avatarConfig,
    @Nullable JsonNode labels) {

  /** How sound that streams in becomes turns. */
  public record RealtimeInputConfig(
      @Nullable AutomaticActivityDetection automaticActivityDetection,
      @Nullable String activityHandling,
      @Nullable String turnCoverage) {}

  /**
   * How speech is found.
   *
   * @param prefixPaddingMs how much speech there must be before it counts as begun
   * @param silenceDurationMs how much silence there must be before it counts as ended
   */
  public record AutomaticActivityDetection(
      @Nullable Boolean disabled,
      @Nullable String startOfSpeechSensitivity,
      @Nullable String endOfSpeechSensitivity,
      @Nullable Integer prefixPaddingMs,
      @Nullable Integer silenceDurationMs) {}

  /**
   * Present where the session may be resumed.
   *
   * @param handle of the session to go on with; absent or empty for a new one
   * @param transparent whether handles say which client message they include last
   */
  public record SessionResumption(@Nullable String handle, @Nullable Boolean transparent) {}

  /**
   * What is done with conversations that become too long.
   *
   * @param triggerTokens the length of a prompt from which on something is done
   */
  public record ContextWindowCompression(
      @Nullable Long triggerTokens, @Nullable SlidingWindow slidingWindow) {}

  /**
   * The oldest turns are dropped.
   *
   * @param targetTokens the length of a prompt that is to be left
   */
  public record SlidingWindow(@Nullable Long targetTokens) {}

  /** Whether the first turns that the client sends are the past, which is not to be answered. */
  public record HistoryConfig(@Nullable Boolean initialHistoryInClientContent) {}
}
