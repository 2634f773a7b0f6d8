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
    /** Refuses what is not a matrix. */
    public Dense {
      Checks.rank("a dense weight", 2, values);
    }

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
    /** Refuses data of another length. */
    public Stored {
      long expected = Math.multiplyExact(out, format.bytesFor(in));
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
    /** Refuses factors that do not fit the base or each other. */
    public LowRank {
      Checks.rank("a low-rank weight, down", 2, down);
      Checks.rank("a low-rank weight, up", 2, up);
      Checks.size("a low-rank weight", "columns of down", base.in(), down.size(1));
      Checks.size("a low-rank weight", "rows of up", base.out(), up.size(0));
      Checks.size("a low-rank weight", "columns of up", down.size(0), up.size(1));
    }

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
