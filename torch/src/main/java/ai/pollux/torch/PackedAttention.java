package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.isfinite;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.split_with_sizes;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Past;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention of whole sequences without a cache, each by itself: what it costs grows with the
 * squares of the sequences' lengths, not with that of the pack's.
 *
 * <p>Who may see whom is made once for all layers of a step that have the same window.
 */
final class PackedAttention {
  private record Key(Past past, int sequence, int window, boolean looksAhead) {
    @Override
    @SuppressWarnings("ReferenceEquality") // an object is what is asked for again and again
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.past == past
          && key.sequence == sequence
          && key.window == window
          && key.looksAhead == looksAhead;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * System.identityHashCode(past) + sequence) + window;
    }
  }

  private final Values values;
  private final Handles handles;
  private final Map<Key, TorchTensor> masks = new HashMap<>();

  /**
   * @param handles owns what is kept
   */
  PackedAttention(Values values, Handles handles) {
    this.values = values;
    this.handles = handles;
  }

  /** Whether all values are numbers, so that what a row does not see cannot spoil it. */
  static boolean isFinite(Tensor k, Tensor v) {
    return isfinite(k).all().item_bool() && isfinite(v).all().item_bool();
  }

  /** [T, H, K], [T, G, K], [T, G, K] → [T, H·K]. */
  Tensor apply(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    long[] lengths = new long[past.sequences()];
    for (int s = 0; s < lengths.length; s++) {
      lengths[s] = (long) past.firstRow(s + 1) - past.firstRow(s);
    }
    long width = q.size(1) * q.size(2);
    if (past.rows() == 0) {
      return q.reshape(0, width);
    }
    TensorVector queries = split_with_sizes(q, lengths, 0);
    TensorVector keys = split_with_sizes(k, lengths, 0);
    TensorVector seen = split_with_sizes(v, lengths, 0);
    TensorVector out = new TensorVector();
    for (int s = 0; s < lengths.length; s++) {
      if (lengths[s] > 0) {
        Tensor mixed =
            sequence(
                heads(queries.get(s), q.size(1)),
                heads(keys.get(s), q.size(1)),
                heads(seen.get(s), q.size(1)),
                spec,
                past,
                s);
        out.push_back(mixed.squeeze(0).transpose(0, 1).reshape(lengths[s], width));
      }
    }
    return cat(out, 0);
  }

  /** [L, G, K] → [1, H, L, K], each head as often as there are queries for it. */
  private static Tensor heads(Tensor x, long heads) {
    long length = x.size(0);
    long own = x.size(1);
    long size = x.size(2);
    Tensor turned = x.transpose(0, 1);
    if (own == heads) {
      return turned.unsqueeze(0);
    }
    return turned
        .unsqueeze(1)
        .expand(own, heads / own, length, size)
        .reshape(1, heads, length, size);
  }

  private Tensor sequence(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past, int sequence) {
    boolean causal = isCausal(spec, past, sequence);
    if (spec.softcap() > 0) {
      return capped(q, k, v, spec, mask(spec, past, sequence));
    }
    TensorOptional mask =
        causal ? new TensorOptional() : new TensorOptional(mask(spec, past, sequence));
    return scaled_dot_product_attention(
        q, k, v, mask, 0, causal, new DoubleOptional((double) spec.scale()), false);
  }

  private static Tensor capped(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Tensor mask) {
    Tensor scores = torch.matmul(q, k.transpose(2, 3)).mul(new Scalar((double) spec.scale()));
    Tensor masked =
        Elementwise.softcap(scores, spec.softcap())
            .masked_fill(mask.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
    return torch.matmul(torch.softmax(masked, -1), v);
  }

  private static boolean isCausal(AttentionSpec spec, Past past, int sequence) {
    int first = past.firstRow(sequence);
    int end = past.firstRow(sequence + 1);
    if (end - first > spec.window()) {
      return false;
    }
    for (int row = first; spec.looksAhead() && row < end; row++) {
      if (past.lastVisible(row) > past.position(row)) {
        return false;
      }
    }
    return true;
  }

  /** Which key each row sees: [L, L]. */
  private Tensor mask(AttentionSpec spec, Past past, int sequence) {
    Key key = new Key(past, sequence, spec.window(), spec.looksAhead());
    return masks
        .computeIfAbsent(
            key,
            absent -> {
              int first = past.firstRow(sequence);
              int length = past.firstRow(sequence + 1) - first;
              int origin = past.position(first);
              boolean[] sees = new boolean[length * length];
              for (int row = 0; row < length; row++) {
                int last = spec.lastVisible(past, first + row) - origin;
                long from = Math.max(0, (long) row - spec.window() + 1);
                for (int p = (int) from; p <= last; p++) {
                  sees[row * length + p] = true;
                }
              }
              return handles.keep(values.claims(sees, length, length));
            })
        .handle();
  }
}
