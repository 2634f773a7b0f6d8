package ai.pollux.server.interactions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Body of {@code interactions}.
 *
 * @param input text, a content, a list of contents, or a list of steps
 * @param responseFormat {@code {"type": "text", …}}, a list of one, or a JSON schema
 * @param previousInteractionId what it goes on from
 * @param store whether it is kept; it is unless this is false
 * @param background whether it is answered later
 * @param labels kept and given back
 */
public record InteractionRequest(
    @Nullable String model,
    @Nullable JsonNode agent,
    @Nullable JsonNode input,
    @Nullable String systemInstruction,
    @Nullable Config generationConfig,
    @Nullable List<Tool> tools,
    @Nullable JsonNode responseFormat,
    @Nullable String responseMimeType,
    @Nullable List<String> responseModalities,
    @Nullable String previousInteractionId,
    @Nullable Boolean store,
    @Nullable Boolean stream,
    @Nullable Boolean background,
    @Nullable String cachedContent,
    @Nullable String continuationToken,
    @Nullable JsonNode environment,
    @Nullable JsonNode webhookConfig,
    @Nullable JsonNode labels) {

  /**
   * How to generate.
   *
   * @param thinkingLevel {@code minimal}, {@code low}, {@code medium} or {@code high}
   * @param thinkingSummaries {@code auto} where thoughts are to be shown, or {@code none}
   * @param toolChoice {@code auto}, {@code any}, {@code none}, {@code validated}, or {@code
   *     {"allowed_tools": {"mode": …, "tools": […]}}}
   */
  public record Config(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Integer maxOutputTokens,
      @Nullable Long seed,
      @Nullable List<String> stopSequences,
      @Nullable String thinkingLevel,
      @Nullable String thinkingSummaries,
      @Nullable JsonNode toolChoice) {
    static final Config DEFAULT = new Config(null, null, null, null, null, null, null, null);
  }

  /** A function that the client can run; {@code type} is {@code function}. */
  public record Tool(
      @Nullable String type,
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonNode parameters) {}

  Config config() {
    return generationConfig == null ? Config.DEFAULT : generationConfig;
  }

  /** Whether the thinking is shown. */
  boolean showsThoughts() {
    return "auto".equals(config().thinkingSummaries());
  }

  /** Whether it is kept. */
  public boolean isStored() {
    return !Boolean.FALSE.equals(store);
  }

  /** Whether it is answered later. */
  public boolean isBackground() {
    return Boolean.TRUE.equals(background);
  }

  /** Whether the answer is streamed. */
  public boolean isStreamed() {
    return Boolean.TRUE.equals(stream);
  }
}
