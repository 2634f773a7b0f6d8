package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.softmax;

import ai.pollux.tensor.Past;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Attention to the rows just before, by what they are and how far back they lie. */
final class RelativeAttention {
  private final Values values;
  private final Rows rows;

  RelativeAttention(Values values, Rows rows) {
    this.values = values;
    this.rows = rows;
  }

  /** [T, H, K] of all three, [N, H, K] → [T, H·K]. */
  Tensor apply(Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    int count = past.rows();
    int window = Math.toIntExact(distances.size(0));
    long heads = q.size(1);
    long size = q.size(2);
    int[] seen = new int[count * window];
    boolean[] hidden = new boolean[seen.length];
    for (int s = 0; s < past.sequences(); s++) {
      for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
        for (int d = 0; d < window; d++) {
          hidden[row * window + d] = row - d < past.firstRow(s);
          seen[row * window + d] = hidden[row * window + d] ? count : row - d;
        }
      }
    }
    Tensor keys = gathered(k, seen).reshape(count, window, heads, size).add(distances);
    Tensor scores = q.unsqueeze(1).mul(keys).sum(-1); // [T, N, H]
    Tensor capped = softcap > 0 ? Elementwise.softcap(scores, softcap) : scores;
    Tensor masked =
        capped.masked_fill(
            values.claims(hidden, count, window, 1), new Scalar(Double.NEGATIVE_INFINITY));
    Tensor shares = softmax(masked, 1).unsqueeze(3); // [T, N, H, 1]
    Tensor seenValues = gathered(v, seen).reshape(count, window, heads, size);
    return shares.mul(seenValues).sum(1).reshape(count, heads * size);
  }

  private Tensor gathered(Tensor x, int[] seen) {
    Tensor flat = Values.full(x).reshape(x.size(0), x.size(1) * x.size(2));
    return rows.take(Rows.joined(flat, Values.zeros(flat, 1, flat.size(1)), 0), seen);
  }
}
