package ai.pollux.server.live;

import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.gemini.UsageMetadata;
import ai.pollux.server.gemini.UsageMetadata.ModalityTokenCount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server sends: one of the members, with or without the tokens counted so far. */
record ServerMessage(
    @Nullable SetupComplete setupComplete,
    @Nullable ServerContent serverContent,
    @Nullable ToolCall toolCall,
    @Nullable ToolCallCancellation toolCallCancellation,
    @Nullable GoAway goAway,
    @Nullable SessionResumptionUpdate sessionResumptionUpdate,
    @Nullable VadSignal voiceActivityDetectionSignal,
    @Nullable Usage usageMetadata) {

  /** The session has begun. Google's Java client needs the id. */
  record SetupComplete(String sessionId) {}

  /** More of the answer, or what became of it. */
  record ServerContent(
      @Nullable Content modelTurn,
      @Nullable Boolean generationComplete,
      @Nullable Boolean turnComplete,
      @Nullable Boolean interrupted,
      @Nullable String turnCompleteReason) {}

  /** The model asks for functions. */
  record ToolCall(List<Part.FunctionCall> functionCalls) {}

  /** These calls need no response any more. */
  record ToolCallCancellation(List<String> ids) {}

  /** The connection will be closed soon; {@code timeLeft} like {@code 30s}. */
  record GoAway(String timeLeft) {}

  /** A handle by which another connection may go on from here. */
  record SessionResumptionUpdate(
      @Nullable String newHandle,
      @Nullable Boolean resumable,
      @Nullable String lastConsumedClientMessageIndex) {}

  /** Speech was found to begin or to end. */
  record VadSignal(String vadSignalType) {}

  /** Tokens of a turn: as {@link UsageMetadata}, with other names for those of the answer. */
  record Usage(
      int promptTokenCount,
      @Nullable Integer cachedContentTokenCount,
      @Nullable Integer responseTokenCount,
      @Nullable Integer thoughtsTokenCount,
      int totalTokenCount,
      List<ModalityTokenCount> promptTokensDetails,
      @Nullable List<ModalityTokenCount> responseTokensDetails) {

    static Usage of(UsageMetadata usage) {
      Integer response = usage.candidatesTokenCount();
      return new Usage(
          usage.promptTokenCount(),
          usage.cachedContentTokenCount(),
          response,
          usage.thoughtsTokenCount(),
          usage.totalTokenCount(),
          usage.promptTokensDetails(),
          response == null ? null : List.of(new ModalityTokenCount("TEXT", response)));
    }
  }

  static ServerMessage of(SetupComplete member) {
    return new ServerMessage(member, null, null, null, null, null, null, null);
  }

  static ServerMessage of(ToolCall member, @Nullable Usage usage) {
    return new ServerMessage(null, null, member, null, null, null, null, usage);
  }

  static ServerMessage of(ToolCallCancellation member) {
    return new ServerMessage(null, null, null, member, null, null, null, null);
  }

  static ServerMessage of(SessionResumptionUpdate member) {
    return new ServerMessage(null, null, null, null, null, member, null, null);
  }

  static ServerMessage goAway(Duration timeLeft) {
    return new ServerMessage(
        null, null, null, null, new GoAway(seconds(timeLeft)), null, null, null);
  }

  static ServerMessage speech(boolean begins) {
    VadSignal signal = new VadSignal(begins ? "VAD_SIGNAL_TYPE_SOS" : "VAD_SIGNAL_TYPE_EOS");
    return new ServerMessage(null, null, null, null, null, null, signal, null);
  }

  static ServerMessage modelTurn(List<Part> parts) {
    return content(new ServerContent(new Content(parts, "model"), null, null, null, null), null);
  }

  static ServerMessage generationComplete() {
    return content(new ServerContent(null, true, null, null, null), null);
  }

  static ServerMessage interrupted() {
    return content(new ServerContent(null, null, null, true, null), null);
  }

  static ServerMessage turnComplete(@Nullable String reason, @Nullable Usage usage) {
    return content(new ServerContent(null, null, true, null, reason), usage);
  }

  private static ServerMessage content(ServerContent content, @Nullable Usage usage) {
    return new ServerMessage(null, content, null, null, null, null, null, usage);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() / 1000.0 + "s";
  }
}
