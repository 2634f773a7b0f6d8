/**
 * The fast backend: the Vector API over off-heap memory, an arena per step, threads of its own.
 *
 * <p>One class per kernel; a kernel is made once with its backend and reused for every step, so
 * that a step in steady state makes no garbage. The comment of a vector loop states the scalar line
 * it equals.
 *
 * <p><b>Batch invariance.</b> The order of every sum depends on inner sizes and positions only,
 * never on how many rows share a step, how a prompt was cut, or how many threads there are.
 *
 * <p><b>Memory.</b> Kernels address memory by number ({@link ai.pollux.tensor.simd.Memory}): shapes
 * are checked once per operation, by {@link ai.pollux.tensor.simd.SimdOps}, and not again per load.
 */
@NullMarked
package ai.pollux.tensor.simd;

import org.jspecify.annotations.NullMarked;
