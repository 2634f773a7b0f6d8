/**
 * From sources to the steps of a run: which sample comes next, sequences packed into steps, exactly
 * resumable, read ahead of the trainer.
 */
@NullMarked
package ai.pollux.train.data.batch;

import org.jspecify.annotations.NullMarked;
