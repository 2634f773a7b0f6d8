package ai.pollux.server.store;

/**
 * What is known of a file before its bytes come.
 *
 * @param id the id that its owner wants; empty for any
 * @param displayName what its owner calls it; may be empty
 * @param declaredBytes how long it will be; -1 where nobody said
 */
public record UploadDraft(String id, String displayName, String mimeType, long declaredBytes) {}
