package ai.pollux.server.gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code batchGenerateContent} and {@code asyncBatchEmbedContent}. */
public record BatchRequest(@JsonProperty("batch") @Nullable Batch batch) {
  /**
   * What is wanted. What the server fills in is read and not used.
   *
   * @param priority higher goes first; a number, or a number as text
   */
  public record Batch(
      @Nullable String name,
      @Nullable String model,
      @Nullable String displayName,
      @Nullable InputConfig inputConfig,
      @Nullable Long priority,
      @Nullable JsonNode output,
      @Nullable JsonNode batchStats,
      @Nullable String state,
      @Nullable String createTime,
      @Nullable String updateTime,
      @Nullable String endTime,
      @Nullable JsonNode webhookConfig) {}

  /** Where the rows are: here, or in a file of JSON lines. */
  public record InputConfig(@Nullable Requests requests, @Nullable String fileName) {}

  /** Rows in the body. */
  public record Requests(@JsonProperty("requests") @Nullable List<Row> requests) {}

  /**
   * A row.
   *
   * @param request a {@code GenerateContentRequest} or {@code EmbedContentRequest}, read when it is
   *     its turn: a mistake in one row is that row's error
   * @param metadata comes back with the answer
   */
  public record Row(
      @Nullable String key, @Nullable JsonNode request, @Nullable JsonNode metadata) {}
}
