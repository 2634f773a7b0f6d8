package ai.pollux.server.openai;

import java.util.List;

/** Answer to {@code embeddings}. */
public record EmbeddingList(String object, List<Entry> data, String model, Usage usage) {
  /**
   * A vector.
   *
   * @param embedding numbers, or their base64
   */
  public record Entry(String object, int index, Object embedding) {}

  /** What was read. */
  public record Usage(long promptTokens, long totalTokens) {}
}
