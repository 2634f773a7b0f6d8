package ai.pollux.server.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a document.
 *
 * @param id letters a to z, digits and dashes
 * @param displayName what its owner calls it; may be empty
 * @param bytes how long the file was
 * @param chunks into how many pieces it was cut; 0 before
 * @param error why it failed
 */
public record StoredDocument(
    String id,
    String displayName,
    String mimeType,
    long bytes,
    State state,
    int chunks,
    Optional<String> error,
    Instant created,
    Instant updated,
    List<Metadatum> metadata,
    Chunking chunking) {
  /** How far it is. */
  public enum State {
    /** Its text is not yet in the index. */
    PENDING,
    ACTIVE,
    /** It could not be read. */
    FAILED
  }

  public StoredDocument {
    metadata = List.copyOf(metadata);
  }

  StoredDocument active(int count, Instant now) {
    return with(State.ACTIVE, count, Optional.empty(), now);
  }

  StoredDocument failed(String reason, Instant now) {
    return with(State.FAILED, 0, Optional.of(reason), now);
  }

  private StoredDocument with(State next, int count, Optional<String> reason, Instant now) {
    return new StoredDocument(
        id, displayName, mimeType, bytes, next, count, reason, created, now, metadata, chunking);
  }
}
