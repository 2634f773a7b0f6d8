package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A piece of content: one of its data members is present, the rest says how to read it. */
public record Part(
    @Nullable String text,
    @Nullable Boolean thought,
    @Nullable String thoughtSignature,
    @Nullable Blob inlineData,
    @Nullable FileData fileData,
    @Nullable FunctionCall functionCall,
    @Nullable FunctionResponse functionResponse,
    @Nullable ExecutableCode executableCode,
    @Nullable CodeExecutionResult codeExecutionResult,
    @Nullable JsonNode toolCall,
    @Nullable JsonNode toolResponse,
    @Nullable JsonNode partMetadata,
    @Nullable MediaResolution mediaResolution,
    @Nullable VideoMetadata videoMetadata,
    @Nullable JsonNode mediaProcessing) {

  /** Plain text. */
  public static Part ofText(String text) {
    return new Part(
        text, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Text of the model's thinking. */
  public static Part ofThought(String text) {
    return new Part(
        text, true, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** A call of a declared function. */
  public static Part ofCall(FunctionCall call) {
    return new Part(
        null, null, null, null, null, call, null, null, null, null, null, null, null, null, null);
  }

  /** Media in the message. */
  public static Part ofBlob(Blob blob) {
    return new Part(
        null, null, null, blob, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** What a function gave. */
  public static Part ofResponse(FunctionResponse response) {
    return new Part(
        null, null, null, null, null, null, response, null, null, null, null, null, null, null,
        null);
  }

  /** Media in the message itself; {@code data} is base64, standard or URL-safe. */
  public record Blob(
      @Nullable String mimeType, @Nullable String data, @Nullable String displayName) {}

  /** How finely this part is to be looked at. */
  public record MediaResolution(@Nullable String level) {}

  /**
   * Which part of a video to look at.
   *
   * @param startOffset like {@code 3.5s}
   * @param endOffset likewise
   */
  public record VideoMetadata(
      @Nullable String startOffset, @Nullable String endOffset, @Nullable Double fps) {}

  /** Media by address. */
  public record FileData(
      @Nullable String mimeType, @Nullable String fileUri, @Nullable String displayName) {}

  /** The model asks for a function. */
  public record FunctionCall(@Nullable String id, @Nullable String name, @Nullable JsonNode args) {}

  /** What the function gave. */
  public record FunctionResponse(
      @Nullable String id,
      @Nullable String name,
      @Nullable JsonNode response,
      @Nullable List<JsonNode> parts,
      @Nullable Boolean willContinue,
      @Nullable String scheduling) {}

  /** Code that the model wrote to be run. */
  public record ExecutableCode(
      @Nullable String id, @Nullable String language, @Nullable String code) {}

  /** What running it printed. */
  public record CodeExecutionResult(
      @Nullable String id, @Nullable String outcome, @Nullable String output) {}
}
