/** Tuning models that exist. */
@NullMarked
package ai.pollux.train.tuning;

import org.jspecify.annotations.NullMarked;
