package ai.pollux.tensor.simd;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.jit.EmittedKernel;
import ai.pollux.tensor.quant.BlockFormat;
import java.util.Optional;

/**
 * A weight of this backend: tiles of 64 rows, one after the other, from {@code address} on. The
 * memory is the backend's.
 *
 * @param emitted what multiplies few rows with it, where this machine has such a kernel
 */
record PackedWeight(
    BlockFormat format,
    TileFormat tiles,
    int out,
    int in,
    long address,
    Optional<EmittedKernel> emitted)
    implements Weight.Packed {
  /** The tile with rows 64 · index and on. */
  long tile(int index) {
    return address + index * tiles.bytes(in);
  }
}
