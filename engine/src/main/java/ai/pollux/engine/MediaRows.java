package ai.pollux.engine;

import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.Arrays;

/** The rows of a step that come from media. One object serves all steps. */
final class MediaRows {
  private final int width;
  private int[] rows = new int[0];
  private float[] values = new float[0];
  private int count;

  /** Rows of that many values. */
  MediaRows(int width) {
    this.width = width;
  }

  void clear() {
    count = 0;
  }

  /**
   * Adds what a step holds of a medium.
   *
   * @param shift from positions of the sequence to rows of the step
   * @param from the first position that the step holds of it
   * @param to the end of them
   * @param encoded all of the medium's rows
   */
  void add(MediaSpan span, int shift, int from, int to, float[] encoded) {
    int end = count + to - from;
    if (end > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(end, 2 * rows.length));
      values = Arrays.copyOf(values, rows.length * width);
    }
    System.arraycopy(
        encoded, (from - span.from()) * width, values, count * width, (to - from) * width);
    for (int p = from; p < to; p++) {
      rows[count++] = p + shift;
    }
  }

  /** The step's inputs, with these rows in the places of their placeholders. */
  Tensor place(Ops ops, Tensor inputs) {
    if (count == 0) {
      return inputs;
    }
    float[] placed = Arrays.copyOf(values, count * width);
    return ops.place(
        inputs, Arrays.copyOf(rows, count), ops.tensor(Shape.of(count, width), placed));
  }
}
