package ai.pollux.model.loading;

import ai.pollux.tensor.Rope;

/** Reads how a checkpoint rotates queries and keys. */
public final class Ropes {
  /** What GGUF's frequency factors say of a pair that is not rotated. */
  private static final float NEVER = 1e30f;

  private Ropes() {}

  /**
   * The rotation that {@code config.json} asks for. Written since transformers 5 as {@code
   * rope_parameters}, before that as {@code rope_theta} and {@code rope_scaling}.
   *
   * @param theta the base where the file has none
   */
  public static Rope ofHuggingFace(Settings settings, double theta, int headSize) {
    if (settings.has("rope_parameters")) {
      Settings parameters = settings.section("rope_parameters");
      return scaled(parameters, parameters.positive("rope_theta", theta), headSize);
    }
    double base = settings.positive("rope_theta", theta);
    return settings.has("rope_scaling")
        ? scaled(settings.section("rope_scaling"), base, headSize)
        : Rope.standard(headSize, base);
  }

  /**
   * A rotation by its parameters: a kind and its numbers.
   *
   * @param theta the base
   */
  public static Rope scaled(Settings parameters, double theta, int headSize) {
    String key = parameters.has("rope_type") || !parameters.has("type") ? "rope_type" : "type";
    return switch (parameters.text(key, "default")) {
      case "default" -> Rope.standard(headSize, theta);
      case "linear" -> divided(Rope.standard(headSize, theta), parameters.positive("factor"));
      case "llama3" -> banded(parameters, Rope.standard(headSize, theta));
      case "proportional" ->
          proportional(share(parameters), parameters.positive("factor", 1), theta, headSize);
      default -> throw parameters.wrong(key, "one of default, linear, llama3, proportional");
    };
  }

  /**
   * The rotation that a GGUF file asks for: base, linear scaling, and the factors by which each
   * pair's frequency is divided where the file has a tensor of them.
   *
   * @param factors one per pair, or none
   */
  public static Rope ofGguf(Settings settings, float[] factors, int headSize, boolean interleaved) {
    settings.integerOr("rope.dimension_count", headSize, headSize, headSize);
    Rope rope = Rope.standard(headSize, settings.positive("rope.freq_base", 10_000));
    rope =
        switch (settings.text("rope.scaling.type", "none")) {
          case "none" -> rope;
          case "linear" -> divided(rope, settings.positive("rope.scaling.factor"));
          default -> throw settings.wrong("rope.scaling.type", "one of none, linear");
        };
    float[] frequencies = rope.frequencies();
    for (int pair = 0; pair < factors.length; pair++) {
      frequencies[pair] = factors[pair] >= NEVER ? 0 : frequencies[pair] / factors[pair];
    }
    return new Rope(frequencies, interleaved);
  }

  private static Rope divided(Rope rope, double factor) {
    float[] frequencies = rope.frequencies().clone();
    for (int pair = 0; pair < frequencies.length; pair++) {
      frequencies[pair] = (float) (frequencies[pair] / factor);
    }
    return new Rope(frequencies, rope.interleaved());
  }

  /**
   * Llama 3.1's rule, by how often a pair turns within the context it was trained on: few turns are
   * slowed by the factor, many are left alone, in between is interpolated.
   */
  private static Rope banded(Settings parameters, Rope rope) {
    double factor = parameters.positive("factor");
    double low = parameters.positive("low_freq_factor");
    double high = parameters.positive("high_freq_factor");
    double context = parameters.size("original_max_position_embeddings");
    if (high <= low) {
      throw parameters.wrong("high_freq_factor", "a number above low_freq_factor, " + low);
    }
    float[] frequencies = rope.frequencies().clone();
    for (int pair = 0; pair < frequencies.length; pair++) {
      double turns = context * frequencies[pair] / (2 * Math.PI);
      double kept = Math.clamp((turns - low) / (high - low), 0, 1);
      frequencies[pair] = (float) (frequencies[pair] * (kept + (1 - kept) / factor));
    }
    return new Rope(frequencies, false);
  }

  private static double share(Settings parameters) {
    double share = parameters.positive("partial_rotary_factor", 1);
    if (share > 1) {
      throw parameters.wrong("partial_rotary_factor", "a share above 0, at most 1");
    }
    return share;
  }

  /**
   * p-RoPE: the first pairs turn as usual, the others not at all.
   *
   * @param share of the pairs that turn, above 0, at most 1
   * @param factor divides the frequencies
   */
  public static Rope proportional(double share, double factor, double theta, int headSize) {
    Rope rope = divided(Rope.standard(headSize, theta), factor);
    for (int pair = (int) (share * headSize / 2); pair < headSize / 2; pair++) {
      rope.frequencies()[pair] = 0;
    }
    return rope;
  }
}
