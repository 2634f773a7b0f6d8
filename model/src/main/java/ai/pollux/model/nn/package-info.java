/**
 * The layers that families are made of: each a record of its weights with an {@code apply}.
 *
 * <p>A layer knows no data type, no device, no cache and no file; it says what to compute in words
 * of {@link ai.pollux.tensor.Ops}. Axis letters are those of {@code ai.pollux.tensor}.
 *
 * <p><b>No garbage.</b> A step runs every layer once per token, so {@code apply} makes nothing but
 * tensors of the step's {@code Ops}: no streams, iterators, boxed values, variable arguments or
 * strings (a message is put together only when it is thrown).
 */
@NullMarked
package ai.pollux.model.nn;

import org.jspecify.annotations.NullMarked;
