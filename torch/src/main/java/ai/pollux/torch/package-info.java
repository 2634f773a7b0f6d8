/** The libtorch backend: the operations of a model with gradients, on CPU or CUDA. */
@NullMarked
package ai.pollux.torch;

import org.jspecify.annotations.NullMarked;
