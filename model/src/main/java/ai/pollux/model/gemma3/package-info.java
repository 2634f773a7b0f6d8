/**
 * Gemma 3, <a href="https://arxiv.org/abs/2503.19786">arXiv 2503.19786</a>: five layers with a
 * sliding window to one that sees all, norms around each half of a block. What sees is in {@link
 * ai.pollux.model.gemma3.vision}.
 */
@NullMarked
package ai.pollux.model.gemma3;

import org.jspecify.annotations.NullMarked;
