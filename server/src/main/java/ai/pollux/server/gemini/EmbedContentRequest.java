package ai.pollux.server.gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code embedContent}, and each request of {@code batchEmbedContents}.
 *
 * @param title of a document, put in front of its text
 * @param outputDimensionality how many values of the vector are wanted
 */
public record EmbedContentRequest(
    @Nullable String model,
    @Nullable Content content,
    @Nullable String taskType,
    @Nullable String title,
    @Nullable Integer outputDimensionality,
    @Nullable Config embedContentConfig) {

  /** The same settings in one place, as newer clients send them. */
  public record Config(
      @Nullable String taskType,
      @Nullable String title,
      @Nullable Integer outputDimensionality,
      @Nullable Boolean autoTruncate,
      @Nullable Boolean documentOcr,
      @Nullable Boolean audioTrackExtraction) {}

  /** Body of {@code batchEmbedContents}. */
  public record Batch(@JsonProperty("requests") @Nullable List<EmbedContentRequest> requests) {}
}
