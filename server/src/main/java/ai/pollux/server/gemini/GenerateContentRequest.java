package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code generateContent} and {@code streamGenerateContent}. */
public record GenerateContentRequest(
    @Nullable String model,
    @Nullable List<Content> contents,
    @Nullable Content systemInstruction,
    @Nullable List<Tool> tools,
    @Nullable ToolConfig toolConfig,
    @Nullable List<SafetySetting> safetySettings,
    @Nullable GenerationConfig generationConfig,
    @Nullable String cachedContent,
    @Nullable String serviceTier,
    @Nullable Boolean store,
    @Nullable JsonNode labels) {

  /** A threshold for one category of harm; carried, not yet judged. */
  public record SafetySetting(
      @Nullable String category, @Nullable String threshold, @Nullable String method) {}
}
