/**
 * Stores of documents that answers are grounded on: documents cut into chunks, found again by words
 * and by vectors. Each store is one Lucene index, which also holds the records of its documents, so
 * that a commit changes both or neither.
 */
@NullMarked
package ai.pollux.server.search;

import org.jspecify.annotations.NullMarked;
