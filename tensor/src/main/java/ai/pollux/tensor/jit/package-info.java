/**
 * Kernels that are machine code, written by Java while it runs: no native library, no compiler but
 * this package. For what the Vector API cannot say: a prefetch, a half float, a mask and an or in
 * one instruction, sums that stay in registers however large the loop.
 *
 * <p>Read it from the bottom: {@link ai.pollux.tensor.jit.Assembler} turns instructions into bytes
 * and knows the encoding ({@link ai.pollux.tensor.jit.VectorOp} is its table); {@link
 * ai.pollux.tensor.jit.ExecutableMemory} makes bytes executable and {@link
 * ai.pollux.tensor.jit.MachineCode} calls them. {@link ai.pollux.tensor.jit.TileLoop} emits the
 * loops around one {@link ai.pollux.tensor.jit.TileCode} for each layout of weights, and {@link
 * ai.pollux.tensor.jit.EmittedKernels} is what the backend sees.
 *
 * <p><b>Where.</b> Linux on x86-64 (System V calling convention) with AVX-512 F, BW, VL and DQ. All
 * others compute the same bits with the Vector API.
 *
 * <p><b>The slow twin.</b> An emitted kernel does exactly the multiply-adds of {@code tensor.simd},
 * in the same order: results are equal to the bit, and tests hold it to that.
 *
 * <p><b>Memory.</b> Nothing is checked inside: whoever passes addresses has checked all sizes.
 */
@NullMarked
package ai.pollux.tensor.jit;

import org.jspecify.annotations.NullMarked;
