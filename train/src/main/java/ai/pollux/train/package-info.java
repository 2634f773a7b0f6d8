/** Training from scratch and tuning. */
@NullMarked
package ai.pollux.train;

import org.jspecify.annotations.NullMarked;
