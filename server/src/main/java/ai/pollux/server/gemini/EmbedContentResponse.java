package ai.pollux.server.gemini;

import ai.pollux.server.gemini.UsageMetadata.ModalityTokenCount;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Answer to {@code embedContent}. */
public record EmbedContentResponse(ContentEmbedding embedding, Usage usageMetadata) {
  /** A vector. */
  public record ContentEmbedding(@JsonProperty("values") float[] values) {}

  /** What was read. */
  public record Usage(int promptTokenCount, List<ModalityTokenCount> promptTokenDetails) {}

  /** Answer to {@code batchEmbedContents}. */
  public record Batch(List<ContentEmbedding> embeddings, Usage usageMetadata) {}
}
