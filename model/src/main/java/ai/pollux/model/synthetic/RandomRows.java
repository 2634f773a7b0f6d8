package ai.pollux.model.synthetic;

import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows of encoded random numbers, made as fast as memory is copied: a million numbers are drawn and
 * encoded once for each length of row, and every row is a stretch of these, from a random block on.
 */
final class RandomRows {
  private static final int POOL_VALUES = 1 << 20;

  private final SplittableRandom random;
  private final Map<Key, MemorySegment> pools = new HashMap<>();

  private record Key(String format, int in) {}

  RandomRows(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Rows of {@code in} numbers with deviation 1/√in. */
  TensorSource matrix(BlockFormat format, int in) {
    SplittableRandom starts = random.split();
    MemorySegment pool = pools.computeIfAbsent(new Key(format.name(), in), _ -> pool(format, in));
    long rowBytes = format.bytesFor(in);
    long choices = (pool.byteSize() - rowBytes) / format.blockBytes() + 1;
    return (first, count, target) -> {
      for (int row = 0; row < count; row++) {
        long start = starts.nextLong(choices) * format.blockBytes();
        MemorySegment.copy(pool, start, target, row * rowBytes, rowBytes);
      }
    };
  }

  private MemorySegment pool(BlockFormat format, int in) {
    SplittableRandom numbers = random.split();
    int blocks = Math.max(POOL_VALUES, in) / format.blockSize();
    float[] values = new float[blocks * format.blockSize()];
    double deviation = 1 / Math.sqrt(in);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (numbers.nextGaussian() * deviation);
    }
    MemorySegment pool =
        MemorySegment.ofArray(new byte[Math.multiplyExact(blocks, format.blockBytes())]);
    format.encode(values, 0, values.length, pool, 0);
    return pool;
  }
}
