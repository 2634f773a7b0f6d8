package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/** Compares what a model makes with what the reference made. */
final class Goldens {
  /** The most rows of a chunk; longer than the goldens' window of 8. */
  static final int CHUNK = 13;

  private Goldens() {}

  /**
   * Compares the rows of each prompt, where the reference recorded a tensor of that name. Several
   * vectors for each token, [T, S, D], are recorded as [S, T, D].
   */
  static void check(GoldenCase golden, String kind, String name, Tensor values, Past past) {
    int width = values.elements() / values.size(0);
    for (int p = 0; p < golden.prompts().size(); p++) {
      String full = golden.prompts().get(p).name() + "." + name;
      int first = past.firstRow(p) * width;
      golden
          .tensor(full)
          .ifPresent(expected -> {
            float[] found = new float[expected.length];
            values.copyTo(first, found, 0, found.length);
            float[] ordered = values.rank() == 3 ? streams(found, values) : found;
            close(full, ordered, expected, golden.tolerance(kind));
          });
    }
  }

  private static float[] streams(float[] rows, Tensor shape) {
    int count = shape.size(1);
    int width = shape.size(2);
    float[] streams = new float[rows.length];
    for (int from = 0; from < rows.length; from += width) {
      int row = from / width / count;
      int to = (from / width % count * (rows.length / width / count) + row) * width;
      System.arraycopy(rows, from, streams, to, width);
    }
    return streams;
  }

  static void close(String what, float[] found, float[] expected, float tolerance) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      // NaN must not pass
      double difference = Math.abs((double) found[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    assertThat(worst).as(what).isLessThanOrEqualTo(tolerance);
  }

  /** The token with the largest score; of equal ones the first. */
  static int best(Tensor logits, int row) {
    float[] scores = new float[logits.size(1)];
    logits.copyTo(row * scores.length, scores, 0, scores.length);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }
}
