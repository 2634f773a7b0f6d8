package ai.pollux.model.gemma3n;

import ai.pollux.model.loading.Settings;
import java.util.Arrays;
import java.util.List;

/** How far above the mean of its layer a gate has to be to count, so that most are 0. */
public final class ActivationSparsity {
  private static final double SHARE = 0.95;
  private static final int SPARSE_LAYERS = 10;

  private ActivationSparsity() {}

  /**
   * Standard deviations above the mean for each layer, −∞ where all gates count, from the share of
   * a layer's gates that are to be 0; in older files of the first ten layers.
   */
  public static float[] deviations(Settings s, int layers) {
    String key = "activation_sparsity_pattern";
    double[] shares = new double[layers];
    if (s.isList(key)) {
      List<Number> list = s.list(key, layers, Number.class);
      Arrays.setAll(shares, i -> list.get(i).doubleValue());
    } else {
      int sparse = layers > SPARSE_LAYERS ? SPARSE_LAYERS : 0;
      Arrays.fill(shares, 0, sparse, s.positive(key, SHARE));
    }
    float[] deviations = new float[layers];
    for (int i = 0; i < layers; i++) {
      if (!(shares[i] >= 0 && shares[i] < 1)) {
        throw s.wrong(key, "for each layer a share from 0 to below 1");
      }
      deviations[i] = (float) NormalQuantile.of((float) shares[i]);
    }
    return deviations;
  }

  /** The share of gates that are 0, by the deviations above the mean. */
  public static double share(double deviations) {
    return Double.isInfinite(deviations) ? 0 : NormalQuantile.share(deviations);
  }
}
