/**
 * Llama 2 and 3, <a href="https://arxiv.org/abs/2407.21783">arXiv 2407.21783</a>: the plain decoder
 * that others vary. The example of a family: one class that builds it, one of names.
 */
@NullMarked
package ai.pollux.model.llama;

import org.jspecify.annotations.NullMarked;
