/**
 * MobileNet-V5, the vision encoder of Gemma 3n: convolutions in residual blocks as in MobileNet-V4
 * (<a href="https://arxiv.org/abs/2404.10518">arXiv 2404.10518</a>), attention with one key and
 * value for all heads, and an adapter that joins the last two scales.
 *
 * <p>Images are matrices [height · width, channels], so that a convolution of single pixels is
 * {@code linear} and a norm over channels is a norm over rows.
 */
@NullMarked
package ai.pollux.model.mobilenet;

import org.jspecify.annotations.NullMarked;
