package ai.pollux.server.search;

/**
 * A chunk that was found.
 *
 * @param store id of the store
 * @param document what it is a piece of
 */
public record Passage(String store, StoredDocument document, Chunk chunk) {}
