package ai.pollux.server.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Body of {@code embeddings}.
 *
 * @param input a text, some texts, a text's tokens, or those of several
 * @param encodingFormat {@code float}, or {@code base64} for 32-bit floats, the low byte first
 */
public record EmbeddingsRequest(
    @Nullable String model,
    @Nullable JsonNode input,
    @Nullable Integer dimensions,
    @Nullable String encodingFormat) {}
