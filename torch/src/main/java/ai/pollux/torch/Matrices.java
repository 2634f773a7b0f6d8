package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.ScalarType;
import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.constant_pad_nd;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Weight;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Products with weights of every kind. */
final class Matrices {
  /** Rows of a product where results may not depend on company. */
  private static final int TILE = 16;

  private final Values values;
  private final Rows rows;
  private final boolean exact;
  private final boolean half;

  /**
   * @param exact whether a row's result may not depend on how many rows there are
   * @param half whether inputs are rounded to bfloat16
   */
  Matrices(Values values, Rows rows, boolean exact, boolean half) {
    this.values = values;
    this.rows = rows;
    this.exact = exact;
    this.half = half;
  }

  /** x · wᵀ. */
  Tensor linear(Tensor x, Weight w) {
    return switch (w) {
      case Weight.Dense dense -> product(x, TorchOps.handle(dense.values()));
      case Weight.LowRank lora -> {
        Tensor low = product(x, TorchOps.handle(lora.down()));
        Tensor added = product(low, TorchOps.handle(lora.up()));
        yield linear(x, lora.base()).add(added, new Scalar((double) lora.scale()));
      }
      case Weight.Stored stored -> product(x, decoded(stored));
      case Weight.Packed packed -> product(x, packed("linear", packed));
    };
  }

  private Tensor product(Tensor x, Tensor w) {
    if (half) {
      return torch.linear(x.to(ScalarType.BFloat16), w.to(ScalarType.BFloat16));
    }
    return exact ? tiled(x, w) : torch.linear(Values.full(x), w);
  }

  /** Always the same number of rows at once, so that each is summed up in the same order. */
  private static Tensor tiled(Tensor x, Tensor w) {
    long count = x.size(0);
    long width = x.size(1);
    long tiles = Math.ceilDiv(count, TILE);
    if (tiles == 0) {
      return Values.zeros(x, 0, w.size(0));
    }
    Tensor padded = constant_pad_nd(Values.full(x), 0, 0, 0, tiles * TILE - count);
    Tensor wide = w.t().unsqueeze(0).expand(tiles, width, w.size(0));
    Tensor out = bmm(padded.reshape(tiles, TILE, width), wide);
    return out.reshape(tiles * TILE, w.size(0)).narrow(0, 0, count).contiguous();
  }

  private Tensor decoded(Weight.Stored stored) {
    return values.floats(decode(stored), stored.out(), stored.in());
  }

  /** All values of a stored weight. */
  static float[] decode(Weight.Stored stored) {
    float[] all = new float[Math.multiplyExact(stored.out(), stored.in())];
    stored.format().decode(stored.data(), 0, all, 0, all.length);
    return all;
  }

  private static Tensor packed(String operation, Weight.Packed packed) {
    if (packed instanceof TorchWeight ours) {
      return ours.values().handle();
    }
    throw new IllegalArgumentException(
        operation
            + ": the weight was packed by another backend ("
            + packed.getClass().getName()
            + "); pack it with the one that computes");
  }

  /** Rows of a table, times a factor. */
  Tensor embed(int[] ids, Weight table, float scale) {
    Tensor taken = entries(ids, table);
    return scale == 1 ? taken : taken.mul(new Scalar((double) scale));
  }

  private Tensor entries(int[] ids, Weight table) {
    return switch (table) {
      case Weight.Dense dense -> rows.take(TorchOps.handle(dense.values()), ids);
      case Weight.LowRank lora -> {
        Tensor up = rows.take(TorchOps.handle(lora.up()), ids);
        Tensor added = torch.mm(up, TorchOps.handle(lora.down()));
        yield entries(ids, lora.base()).add(added, new Scalar((double) lora.scale()));
      }
      case Weight.Stored stored -> {
        float[] taken = new float[ids.length * stored.in()];
        long rowBytes = stored.format().bytesFor(stored.in());
        for (int t = 0; t < ids.length; t++) {
          stored
              .format()
              .decode(stored.data(), ids[t] * rowBytes, taken, t * stored.in(), stored.in());
        }
        yield values.floats(taken, ids.length, stored.in());
      }
      case Weight.Packed packed -> rows.take(packed("embed", packed), ids);
    };
  }

  /** The vectors of each row, mixed. */
  static Tensor combine(Tensor shares, Tensor x) {
    Tensor each =
        shares.dim() == 3
            ? shares
            : shares.unsqueeze(0).expand(x.size(0), shares.size(0), shares.size(1));
    return bmm(each, x);
  }

  /** Each row through the experts that have a share of it. */
  Tensor experts(Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    float[] shares = Parameter.read(routing);
    Tensor sum = Values.zeros(Values.full(x), x.size(0), x.size(1));
    for (int e = 0; e < gateUp.length; e++) {
      int[] routed = routed(shares, e, gateUp.length);
      if (routed.length > 0) {
        Tensor both = linear(rows.take(x, routed), gateUp[e]);
        long size = both.size(1) / 2;
        Tensor gate = Elementwise.activate(both.narrow(1, 0, size), activation);
        Tensor part = linear(gate.mul(both.narrow(1, size, size)), down[e]);
        Tensor share = rows.take(routing.narrow(1, e, 1).contiguous(), routed);
        sum = sum.index_add(0, values.indices(routed), Values.full(part).mul(share));
      }
    }
    return sum;
  }

  private static int[] routed(float[] shares, int expert, int experts) {
    int[] found = new int[shares.length / experts];
    int count = 0;
    for (int t = 0; t < found.length; t++) {
      if (shares[t * experts + expert] != 0) {
        found[count++] = t;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The largest shares of each row, of equal ones the first, made to sum up to 1. */
  static Tensor route(Tensor scores, int count) {
    Tensor shares = Norms.softmax(scores);
    Tensor order =
        torch
            .sort(shares, new org.bytedeco.pytorch.BoolOptional(true), 1, true)
            .get1()
            .narrow(1, 0, count);
    Tensor kept = shares.gather(1, order);
    Tensor normed =
        kept.div(kept.sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional()));
    return Values.zeros(shares, shares.shape()).scatter(1, order, normed);
  }
}
