/**
 * One training run: its settings, its folder with checkpoints and measurements, and the loop that
 * can be killed at any step and goes on as if it had not been.
 */
@NullMarked
package ai.pollux.train.run;

import org.jspecify.annotations.NullMarked;
