package ai.pollux.model.loading;

import ai.pollux.tensor.Rope;
import java.util.List;

/** Reads what differs from layer to layer where some have a sliding window. */
public final class Layers {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  private Layers() {}

  /**
   * For each layer, whether it has a sliding window. Newer files list it layer by layer; older ones
   * say that every n-th layer sees all.
   *
   * @param period n where the file does not say
   */
  public static boolean[] sliding(Settings settings, int layers, int period) {
    return switch (settings.format()) {
      case HUGGING_FACE ->
          settings.has("layer_types")
              ? ofTypes(settings, layers)
              : everyNth(layers, settings.size("sliding_window_pattern", period));
      case GGUF -> ofGguf(settings, layers, period);
    };
  }

  private static boolean[] ofTypes(Settings settings, int layers) {
    List<String> types = settings.list("layer_types", layers, String.class);
    boolean[] sliding = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      sliding[i] = types.get(i).equals(SLIDING);
      if (!sliding[i] && !types.get(i).equals(FULL)) {
        throw settings.wrong("layer_types", "only %s and %s".formatted(SLIDING, FULL));
      }
    }
    return sliding;
  }

  private static boolean[] ofGguf(Settings settings, int layers, int period) {
    String key = "attention.sliding_window_pattern";
    if (!settings.isList(key)) {
      return everyNth(layers, settings.size(key, period));
    }
    List<Boolean> pattern = settings.list(key, layers, Boolean.class);
    boolean[] sliding = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      sliding[i] = pattern.get(i);
    }
    return sliding;
  }

  /** Layers of which every n-th sees all. */
  public static boolean[] everyNth(int layers, int period) {
    boolean[] sliding = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      sliding[i] = (i + 1) % period != 0;
    }
    return sliding;
  }

  /**
   * The rotation that {@code config.json} asks for in layers of one type. Written since
   * transformers 5 as {@code rope_parameters} by type, before that as one base for each type and
   * one {@code rope_scaling} for the layers that see all.
   *
   * @param type {@code sliding_attention} or {@code full_attention}
   * @param thetaKey the old key of the base
   * @param theta the base where the file has none
   */
  public static Rope rope(
      Settings settings, String type, String thetaKey, double theta, int headSize) {
    double base = settings.positive(thetaKey, theta);
    if (settings.has("rope_parameters") && settings.section("rope_parameters").has(type)) {
      Settings parameters = settings.section("rope_parameters").section(type);
      return Ropes.scaled(parameters, parameters.positive("rope_theta", base), headSize);
    }
    return type.equals(FULL) && settings.has("rope_scaling")
        ? Ropes.scaled(settings.section("rope_scaling"), base, headSize)
        : Rope.standard(headSize, base);
  }
}
