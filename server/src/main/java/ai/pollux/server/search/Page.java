package ai.pollux.server.search;

/**
 * Text of a document.
 *
 * @param number the page's, from 1; 0 where the document has no pages
 */
public record Page(int number, String text) {}
