/**
 * Which page holds which positions of which sequence. Integers only: the values are in {@code
 * KvCache}.
 *
 * <p>Layers with the same window are a <b>group</b> with its own pages. Position {@code p} of a
 * sequence is in <b>block</b> {@code p / pageSize}; a sequence's table names the page of each
 * block. Pages are counted: sequences that share a beginning share its pages. A page that is full
 * gets the <b>key</b> of all tokens up to its end; when nobody holds it any more it stays to be
 * found by that key, until its room is needed.
 */
@NullMarked
package ai.pollux.engine.cache;

import org.jspecify.annotations.NullMarked;
