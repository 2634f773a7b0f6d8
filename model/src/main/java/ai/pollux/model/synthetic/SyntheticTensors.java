package ai.pollux.model.synthetic;

import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.Arrays;
import java.util.List;

/** Adds random matrices of one type, and vectors, to a file. */
final class SyntheticTensors {
  private final GgufWriter writer;
  private final BlockFormat type;
  private final RandomRows random;

  SyntheticTensors(GgufWriter writer, BlockFormat type, long seed) {
    this.writer = writer;
    this.type = type;
    this.random = new RandomRows(seed);
  }

  /** A matrix [out, in], or a tensor of more axes, of which the last counts as {@code in}. */
  void matrix(String name, int... shape) {
    int in = shape[shape.length - 1];
    BlockFormat format = fitting(type, in);
    List<Long> sizes = Arrays.stream(shape).asLongStream().boxed().toList();
    writer.tensor(name, format, sizes, random.matrix(format, in));
  }

  /** The type itself, or that which llama.cpp's quantiser falls back to for such rows. */
  static BlockFormat fitting(BlockFormat type, int in) {
    if (in % type.blockSize() == 0) {
      return type;
    }
    BlockFormat smaller =
        switch (type.name()) {
          case "Q4_K" -> Formats.Q5_0;
          case "Q5_K" -> Formats.Q5_1;
          case "Q6_K" -> Formats.Q8_0;
          default -> Formats.F16;
        };
    return fitting(smaller, in);
  }

  void ones(String name, int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    vector(name, ones);
  }

  void zeros(String name, int size) {
    vector(name, new float[size]);
  }

  void vector(String name, float[] values) {
    writer.tensor(
        name,
        Formats.F32,
        List.of((long) values.length),
        TensorSource.encoding(
            Formats.F32,
            values.length,
            (row, target) -> System.arraycopy(values, 0, target, 0, values.length)));
  }
}
