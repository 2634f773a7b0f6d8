/**
 * Qwen 3's dense models, <a href="https://arxiv.org/abs/2505.09388">arXiv 2505.09388</a>: Llama's
 * block with normalised queries and keys.
 */
@NullMarked
package ai.pollux.model.qwen3;

import org.jspecify.annotations.NullMarked;
