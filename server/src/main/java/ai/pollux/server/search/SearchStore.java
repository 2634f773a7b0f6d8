package ai.pollux.server.search;

import java.time.Instant;

/**
 * A store.
 *
 * @param embeddingModel the model that makes its vectors, without {@code models/}
 * @param updated when a document last came, changed or went
 * @param bytes of the files of all its documents
 */
public record SearchStore(
    String id,
    String displayName,
    String embeddingModel,
    Instant created,
    Instant updated,
    long active,
    long pending,
    long failed,
    long bytes) {}
