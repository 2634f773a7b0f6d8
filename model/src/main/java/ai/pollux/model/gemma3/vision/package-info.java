/**
 * How Gemma 3 sees: SigLIP's tower over a picture of one size, <a
 * href="https://arxiv.org/abs/2303.15343">arXiv 2303.15343</a>, and the mean of squares of its
 * patches.
 */
@NullMarked
package ai.pollux.model.gemma3.vision;

import org.jspecify.annotations.NullMarked;
