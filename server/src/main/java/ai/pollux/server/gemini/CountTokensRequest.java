package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code countTokens}: contents, or a whole request. Clients of Vertex put the request's
 * other members beside the contents.
 */
public record CountTokensRequest(
    @Nullable String model,
    @Nullable List<Content> contents,
    @Nullable GenerateContentRequest generateContentRequest,
    @Nullable Content systemInstruction,
    @Nullable List<Tool> tools,
    @Nullable GenerationConfig generationConfig) {}
