/** From scores to a token: penalties, truncation, the draw. Plain arrays, no tensors. */
@NullMarked
package ai.pollux.engine.sample;

import org.jspecify.annotations.NullMarked;
