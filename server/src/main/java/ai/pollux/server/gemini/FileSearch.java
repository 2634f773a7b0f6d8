package ai.pollux.server.gemini;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool that looks into stores of documents.
 *
 * @param fileSearchStoreNames like {@code fileSearchStores/abc}
 * @param topK how many chunks at most
 * @param metadataFilter by AIP-160
 */
public record FileSearch(
    @Nullable List<String> fileSearchStoreNames,
    @Nullable Integer topK,
    @Nullable String metadataFilter) {

  /** A store; numbers are in decimal. */
  public record Store(
      @Nullable String name,
      @Nullable String displayName,
      @Nullable String embeddingModel,
      @Nullable Instant createTime,
      @Nullable Instant updateTime,
      @Nullable String activeDocumentsCount,
      @Nullable String pendingDocumentsCount,
      @Nullable String failedDocumentsCount,
      @Nullable String sizeBytes) {}

  /** A page of stores. */
  public record Stores(@Nullable List<Store> fileSearchStores, @Nullable String nextPageToken) {}

  /** A document of a store. */
  public record Document(
      String name,
      @Nullable String displayName,
      @Nullable String mimeType,
      String sizeBytes,
      String state,
      @Nullable List<CustomMetadata> customMetadata,
      Instant createTime,
      Instant updateTime) {}

  /** A page of documents. */
  public record Documents(@Nullable List<Document> documents, @Nullable String nextPageToken) {}

  /** Something said of a document: one of the values is there. */
  public record CustomMetadata(
      @Nullable String key,
      @Nullable String stringValue,
      @Nullable Double numericValue,
      @Nullable StringList stringListValue) {}

  /** Some texts. */
  public record StringList(@Nullable List<String> values) {}

  /** How documents are cut. */
  public record ChunkingConfig(@Nullable WhiteSpaceConfig whiteSpaceConfig) {}

  /** Cut at white space; both numbers are words. */
  public record WhiteSpaceConfig(
      @Nullable Integer maxTokensPerChunk, @Nullable Integer maxOverlapTokens) {}

  /** Body of {@code importFile}. */
  public record ImportFileRequest(
      @Nullable String fileName,
      @Nullable List<CustomMetadata> customMetadata,
      @Nullable ChunkingConfig chunkingConfig) {}

  /** What comes before the bytes of an upload. */
  public record UploadRequest(
      @Nullable String displayName,
      @Nullable String mimeType,
      @Nullable List<CustomMetadata> customMetadata,
      @Nullable ChunkingConfig chunkingConfig) {
    /** Nothing is said. */
    public static final UploadRequest EMPTY = new UploadRequest(null, null, null, null);
  }

  /** What came of an import or an upload. */
  public record Imported(String parent, String documentName) {}
}
