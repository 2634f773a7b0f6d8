/**
 * How numbers are stored: GGUF's block formats and the plain float formats, each with its scalar
 * definition.
 */
@NullMarked
package ai.pollux.tensor.quant;

import org.jspecify.annotations.NullMarked;
