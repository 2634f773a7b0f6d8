package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.gemini.Wire;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a client sends: one of the members. */
record ClientMessage(
    @Nullable Setup setup,
    @Nullable ClientContent clientContent,
    @Nullable RealtimeInput realtimeInput,
    @Nullable ToolResponse toolResponse) {

  /**
   * Reads a message.
   *
   * @throws ApiException INVALID_ARGUMENT where it is not JSON, has an unknown member, or not just
   *     one
   */
  static ClientMessage read(byte[] json) {
    ClientMessage message = Wire.read(json, ClientMessage.class);
    long members =
        Stream.of(message.setup, message.clientContent, message.realtimeInput, message.toolResponse)
            .filter(Objects::nonNull)
            .count();
    if (members != 1) {
      throw new ApiException(
          ApiException.Status.INVALID_ARGUMENT,
          "A message has one of setup, clientContent, realtimeInput, toolResponse; found %d."
              .formatted(members));
    }
    return message;
  }

  /**
   * Turns that are added to the conversation.
   *
   * @param turnComplete whether an answer is expected now
   */
  record ClientContent(@Nullable List<Content> turns, @Nullable Boolean turnComplete) {}

  /** What the user says and shows at this moment. */
  record RealtimeInput(
      @Nullable List<Part.Blob> mediaChunks,
      Part.@Nullable Blob audio,
      Part.@Nullable Blob video,
      @Nullable String text,
      @Nullable Boolean audioStreamEnd,
      @Nullable JsonNode activityStart,
      @Nullable JsonNode activityEnd) {}

  /** What the functions gave that the model had called. */
  record ToolResponse(@Nullable List<Part.FunctionResponse> functionResponses) {}
}
