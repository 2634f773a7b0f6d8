package ai.pollux.tensor.simd;

import java.util.Arrays;

/** Keeps the largest shares of each row, divided by their sum; the others become 0. */
final class RouteKernel {
  private boolean[] kept = new boolean[0];

  /** Works in place on rows of shares, as softmax gives them. */
  void run(SimdTensor shares, int count) {
    int experts = shares.size(1);
    if (kept.length < experts) {
      kept = new boolean[experts];
    }
    for (int row = 0; row < shares.size(0); row++) {
      keepLargest(shares.address() + 4L * row * experts, experts, count);
    }
  }

  private void keepLargest(long shares, int experts, int count) {
    Arrays.fill(kept, 0, experts, false);
    double sum = 0;
    for (int k = 0; k < count; k++) {
      int best = -1;
      for (int e = 0; e < experts; e++) {
        if (!kept[e]
            && (best < 0 || Memory.get(shares + 4L * e) > Memory.get(shares + 4L * best))) {
          best = e;
        }
      }
      kept[best] = true;
      sum += Memory.get(shares + 4L * best);
    }
    for (int e = 0; e < experts; e++) {
      float share = kept[e] ? (float) (Memory.get(shares + 4L * e) / sum) : 0;
      Memory.set(shares + 4L * e, share);
    }
  }
}
