package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * How a session listens, from its {@code realtimeInputConfig}.
 *
 * @param detection how speech is found; absent where the client says when it begins and ends
 * @param interrupts whether speech stops an answer
 * @param keepsSilence whether sound between utterances belongs to the next turn
 * @param keepsFrames whether pictures between utterances do
 */
record Hearing(
    SpeechDetector.@Nullable Settings detection,
    boolean interrupts,
    boolean keepsSilence,
    boolean keepsFrames) {
  private static final String PLACE = "setup.realtime_input_config.";
  private static final String DETECTION = PLACE + "automatic_activity_detection.";
  private static final int MOST_MILLIS = 60_000;
  private static final int DEFAULT_PREFIX_MILLIS = 40;

  /**
   * What the setup says, with Google's meaning of what it does not say: speech is found by itself,
   * at high sensitivity, and interrupts.
   *
   * @throws ApiException INVALID_ARGUMENT
   */
  static Hearing of(Setup.@Nullable RealtimeInputConfig config) {
    String coverage = config == null ? null : config.turnCoverage();
    return new Hearing(
        config == null ? settings(null) : settings(config.automaticActivityDetection()),
        interrupts(config == null ? null : config.activityHandling()),
        coverage(coverage).equals("TURN_INCLUDES_ALL_INPUT"),
        !coverage(coverage).equals("TURN_INCLUDES_ONLY_ACTIVITY"));
  }

  /** Whether the client says when speech begins and ends. */
  boolean isTold() {
    return detection == null;
  }

  private static boolean interrupts(@Nullable String handling) {
    return switch (handling == null ? "" : handling) {
      case "", "ACTIVITY_HANDLING_UNSPECIFIED", "START_OF_ACTIVITY_INTERRUPTS" -> true;
      case "NO_INTERRUPTION" -> false;
      default -> throw unknown(PLACE + "activity_handling", handling);
    };
  }

  private static String coverage(@Nullable String coverage) {
    return switch (coverage == null ? "" : coverage) {
      case "", "TURN_COVERAGE_UNSPECIFIED", "TURN_INCLUDES_ONLY_ACTIVITY" ->
          "TURN_INCLUDES_ONLY_ACTIVITY";
      case "TURN_INCLUDES_ALL_INPUT" -> "TURN_INCLUDES_ALL_INPUT";
      case "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO" ->
          "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO";
      default -> throw unknown(PLACE + "turn_coverage", coverage);
    };
  }

  private static SpeechDetector.@Nullable Settings settings(
      Setup.@Nullable AutomaticActivityDetection detection) {
    if (detection == null) {
      return settings(true, true, null, null);
    }
    if (Boolean.TRUE.equals(detection.disabled())) {
      return null;
    }
    return settings(
        isHigh(detection.startOfSpeechSensitivity(), "START", "start_of_speech_sensitivity"),
        isHigh(detection.endOfSpeechSensitivity(), "END", "end_of_speech_sensitivity"),
        detection.prefixPaddingMs(),
        detection.silenceDurationMs());
  }

  private static SpeechDetector.Settings settings(
      boolean startsEasily,
      boolean endsEasily,
      @Nullable Integer prefixMillis,
      @Nullable Integer silenceMillis) {
    return new SpeechDetector.Settings(
        startsEasily ? 8 : 14,
        startsEasily ? -45 : -38,
        inRange(prefixMillis, DEFAULT_PREFIX_MILLIS, "prefix_padding_ms"),
        inRange(silenceMillis, endsEasily ? 500 : 1000, "silence_duration_ms"));
  }

  private static int inRange(@Nullable Integer millis, int otherwise, String name) {
    if (millis == null) {
      return otherwise;
    }
    if (millis < 0 || millis > MOST_MILLIS) {
      throw ApiException.invalid(
          DETECTION + name,
          "%s: expected 0 to %d, found %d.".formatted(DETECTION + name, MOST_MILLIS, millis));
    }
    return millis;
  }

  private static boolean isHigh(@Nullable String sensitivity, String prefix, String name) {
    String given = sensitivity == null ? "" : sensitivity;
    if (given.isEmpty()
        || given.equals(prefix + "_SENSITIVITY_UNSPECIFIED")
        || given.equals(prefix + "_SENSITIVITY_HIGH")) {
      return true;
    }
    if (given.equals(prefix + "_SENSITIVITY_LOW")) {
      return false;
    }
    throw unknown(DETECTION + name, given);
  }

  private static ApiException unknown(String place, @Nullable String value) {
    return ApiException.invalid(place, "Invalid value at '%s': \"%s\".".formatted(place, value));
  }
}
