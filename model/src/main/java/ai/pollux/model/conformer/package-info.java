/**
 * The encoder of sound that Gemma 3n and Gemma 4 share, from the <a
 * href="https://arxiv.org/abs/2303.01037">Universal Speech Model</a>: mel features, thinned out
 * four times by two convolutions, through <a href="https://arxiv.org/abs/2005.08100">conformer</a>
 * blocks.
 *
 * <p>Nothing in a block looks ahead, and the convolutions before them look no further than the
 * features of three rows, so that sounds need no padding and no mask.
 */
@NullMarked
package ai.pollux.model.conformer;

import org.jspecify.annotations.NullMarked;
