package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer stands on. */
public record GroundingMetadata(
    @Nullable List<Chunk> groundingChunks, @Nullable List<Support> groundingSupports) {

  /** A piece of a document that the model was shown. */
  public record Chunk(RetrievedContext retrievedContext) {}

  /**
   * The piece.
   *
   * @param title what the document is called
   * @param uri the document's name
   * @param pageNumber from 1, where the document has pages
   */
  public record RetrievedContext(
      @Nullable String title,
      String text,
      String fileSearchStore,
      String uri,
      @Nullable Integer pageNumber,
      @Nullable List<FileSearch.CustomMetadata> customMetadata) {}

  /** A part of the answer, and the chunks that have its words. */
  public record Support(
      Segment segment, List<Integer> groundingChunkIndices, List<Double> confidenceScores) {}

  /**
   * A part of the answer.
   *
   * @param partIndex which part of the content, 0 left out
   * @param startIndex its first byte in that part's text in UTF-8
   * @param endIndex the byte behind it
   */
  public record Segment(@Nullable Integer partIndex, int startIndex, int endIndex, String text) {}
}
