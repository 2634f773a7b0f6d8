package ai.pollux.server.store;

import java.util.Optional;

/**
 * What is known of a file before its bytes come.
 *
 * @param id the id that its owner wants; empty for any
 * @param displayName what its owner calls it; may be empty
 * @param declaredBytes how long it will be; -1 where nobody said
 * @param purpose what it is for where it is not to become a file, in words of who takes it
 */
public record UploadDraft(
    String id, String displayName, String mimeType, long declaredBytes, Optional<String> purpose) {
  /** Of what is to become a file. */
  public UploadDraft(String id, String displayName, String mimeType, long declaredBytes) {
    this(id, displayName, mimeType, declaredBytes, Optional.empty());
  }
}
