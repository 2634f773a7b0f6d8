package ai.pollux.tensor;

import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;

/**
 * A parameter matrix {@code [O, I]}, however it is stored. Only {@link Ops#linear}, {@link
 * Ops#embed} and {@link Ops#experts} look inside.
 */
public sealed interface Weight {
  /** Rows: the size of the output. */
  int out();

  /** Columns: the size of the input. */
  int in();

  /** Plain floats, as training needs them. */
  record Dense(Tensor values) implements Weight {
    @Override
    public int out() {
      return values.size(0);
    }

    @Override
    public int in() {
      return values.size(1);
    }
  }

  /**
   * As a file has it: rows of blocks, one row after the other, usually a slice of a mapped file,
   * valid as long as that mapping.
   *
   * @param data exactly {@code out * format.bytesFor(in)} bytes
   */
  record Stored(BlockFormat format, int out, int in, MemorySegment data) implements Weight {
    public Stored {
      long expected = out * format.bytesFor(in);
      if (data.byteSize() != expected) {
        throw new IllegalArgumentException(
            "a %s weight [%d, %d] takes %d bytes, found %d"
                .formatted(format.name(), out, in, expected, data.byteSize()));
      }
    }
  }

  /**
   * {@code base + scale · up · down}: LoRA, <a href="https://arxiv.org/abs/2106.09685">arXiv
   * 2106.09685</a>. {@code down} is [R, I], {@code up} [O, R].
   */
  record LowRank(Weight base, Tensor down, Tensor up, float scale) implements Weight {
    @Override
    public int out() {
      return base.out();
    }

    @Override
    public int in() {
      return base.in();
    }
  }

  /** A layout private to the backend that made it by {@link Backend#pack}. */
  non-sealed interface Packed extends Weight {
    /** The format of the values, whatever their order in memory. */
    BlockFormat format();
  }
}
