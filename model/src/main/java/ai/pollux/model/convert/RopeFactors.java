package ai.pollux.model.convert;

import ai.pollux.model.loading.Settings;

/** The factors by which GGUF divides the frequencies of a rotation. */
final class RopeFactors {
  /** What says that a pair is not turned. */
  private static final float NEVER = 1e30f;

  private RopeFactors() {}

  /** One for each pair; none where frequencies are not divided pair by pair. */
  static float[] of(String architecture, Settings s) {
    return switch (architecture) {
      case "gemma4" -> proportional(s);
      case "llama" -> banded(s);
      default -> new float[0];
    };
  }

  /** Gemma 4's global layers turn the first pairs only. */
  private static float[] proportional(Settings s) {
    double share = 0.25;
    if (s.has("rope_parameters") && s.section("rope_parameters").has("full_attention")) {
      share =
          s.section("rope_parameters")
              .section("full_attention")
              .positive("partial_rotary_factor", share);
    }
    int size = s.headSize("global_head_dim", 512);
    float[] factors = new float[size / 2];
    for (int pair = 0; pair < factors.length; pair++) {
      factors[pair] = pair < (int) (share * size / 2) ? 1 : NEVER;
    }
    return factors;
  }

  /** Llama 3.1's rule, by how often a pair turns within the context it was trained on. */
  private static float[] banded(Settings s) {
    String key = s.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    if (!s.has(key)) {
      return new float[0];
    }
    Settings rope = s.section(key);
    if (!rope.text("rope_type", rope.text("type", "default")).equals("llama3")) {
      return new float[0];
    }
    BandedRope banded =
        new BandedRope(
            rope.positive("rope_theta", s.positive("rope_theta", 10_000)),
            rope.positive("factor"),
            rope.positive("low_freq_factor"),
            rope.positive("high_freq_factor"),
            rope.size("original_max_position_embeddings"));
    int size = s.headSize("head_dim", s.size("hidden_size") / s.size("num_attention_heads"));
    return banded.factors(size / 2);
  }
}
