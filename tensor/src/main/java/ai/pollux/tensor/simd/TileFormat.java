package ai.pollux.tensor.simd;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;

/**
 * How a weight lies in the memory of this backend: tiles of 64 rows, and in a tile the 64 values of
 * one input next to each other, so that one load feeds all lanes and no sum crosses lanes. Values
 * keep the bits of their format; only their order changes. Rows that fill up the last tile are
 * zero.
 *
 * <p><b>Order of sums.</b> An output is Σ over chunks of {@value #CHUNK} inputs, in order; a chunk
 * is a chain of fused multiply-adds from 0 over its inputs, in order. All kernels keep to it, so a
 * row's result does not depend on the rows beside it.
 *
 * <p>Addresses are not checked. A vector group {@code g} of a tile is rows 16g to 16g + 15.
 */
sealed interface TileFormat permits FloatTiles, ShortTiles, ByteTiles, NibbleTiles, AffineTiles {
  /** Rows of a tile. */
  int ROWS = 64;

  /** Rows of a vector group, the lanes of the widest vector. */
  int GROUP = 16;

  /** Inputs that are summed up before they are added to the total. */
  int CHUNK = 128;

  /** Bytes of a decoded input of a tile. */
  int LINE = ROWS * Float.BYTES;

  /** Bytes a kernel needs for a decoded chunk and, behind it, up to four lines of coefficients. */
  int SCRATCH = CHUNK * LINE + CHUNK / 32 * LINE;

  /** Bytes that packing needs: the codes of the largest stored block of each row. */
  int CODES = ROWS * 256;

  /** The layout for a format. */
  static TileFormat of(BlockFormat format) {
    return switch (format.name()) {
      case "F32" -> new FloatTiles();
      case "F16" -> new ShortTiles(false);
      case "BF16" -> new ShortTiles(true);
      case "Q8_0" -> new ByteTiles();
      case "Q4_0" -> new NibbleTiles();
      default ->
          new AffineTiles(
              AffineLayout.named(format.name())
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "pack: no tile layout for the format " + format.name())));
    };
  }

  /** The bytes of a tile of that many inputs. */
  long bytes(int inputs);

  /**
   * Writes a tile of zeroed memory.
   *
   * @param source the address of the tile's first row as it is stored
   * @param rowBytes from one stored row to the next
   * @param rows how many rows the tile has, at most {@link #ROWS}
   * @param codes {@link #CODES} zeroed bytes it may write to
   */
  void pack(long source, long rowBytes, int rows, int inputs, long tile, long codes);

  /**
   * Decodes {@code count} inputs from input {@code from} on, a multiple of {@link #CHUNK}, to
   * floats [count][64].
   *
   * @param scratch {@link #SCRATCH} bytes it may write to
   * @return where the floats are
   */
  long decode(long tile, int from, int count, long scratch);

  /** Whether decoding a line takes longer than reading it; then lines are read ahead of it. */
  default boolean isSlowerThanMemory() {
    return true;
  }

  /** sums[64] += Σ x[i] · w[·, i] over a chunk; {@code x} is the address of its first input. */
  default void dot(long tile, int from, int count, long x, long sums, long scratch) {
    TileKernel.one(decode(tile, from, count, scratch), count, x, sums);
  }

  /** The bytes of all tiles of a weight. */
  default long bytes(Weight.Stored weight) {
    return bytes(weight.in()) * tiles(weight.out());
  }

  /** The tiles of that many rows. */
  static int tiles(int rows) {
    return Math.ceilDiv(rows, ROWS);
  }
}
