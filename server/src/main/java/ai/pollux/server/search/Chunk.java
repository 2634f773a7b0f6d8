package ai.pollux.server.search;

/**
 * A piece of a document.
 *
 * @param page where it stands, from 1; 0 where the document has no pages
 * @param text as the document has it, line breaks too
 */
public record Chunk(int page, String text) {}
