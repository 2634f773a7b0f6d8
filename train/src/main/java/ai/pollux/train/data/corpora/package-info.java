/**
 * The public sets that a run may learn from, and those that it must not: where they lie in a folder
 * of data, their licences, how each is read.
 */
@NullMarked
package ai.pollux.train.data.corpora;

import org.jspecify.annotations.NullMarked;
