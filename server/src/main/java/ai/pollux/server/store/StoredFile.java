package ai.pollux.server.store;

import java.time.Instant;

/**
 * A file that was uploaded whole.
 *
 * @param id letters a to z, digits and dashes, at most 40
 * @param displayName what its owner calls it; may be empty
 * @param sha256 of its bytes, in hexadecimal
 * @param expires when it is deleted
 */
public record StoredFile(
    String id,
    String displayName,
    String mimeType,
    long bytes,
    String sha256,
    Instant created,
    Instant expires) {}
