package ai.pollux.train.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a new model: its name in the checkpoint, its shape, outermost axis first, and how it
 * begins.
 */
public record Parameter(String name, List<Long> shape, Start start) {
  /** What a tensor holds before the first step. */
  public sealed interface Start {
    /**
     * Normally distributed; the deviation is 1 / √width, so that products keep their inputs' size.
     */
    record Random() implements Start {}

    /** The same value everywhere: gains and biases. */
    record Constant(float value) implements Start {}

    /**
     * [places, 2 axes, width]: sines and cosines of the place, with wavelengths from 2π to 200π, <a
     * href="https://arxiv.org/abs/1706.03762">arXiv 1706.03762</a>, in a half of the width for each
     * axis. Neighbours look alike before the first step.
     */
    record Waves() implements Start {}
  }

  /** The number of values. */
  public long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  static List<Parameter> of(Recipe recipe) {
    List<Parameter> all = new ArrayList<>();
    ends(recipe, all);
    for (int layer = 0; layer < recipe.layers(); layer++) {
      block(recipe, layer, all);
    }
    return List.copyOf(all);
  }

  private static void ends(Recipe recipe, List<Parameter> all) {
    int hidden = recipe.hiddenSize();
    int patch = recipe.patchWidth();
    int embedded = recipe.patchEmbeddingSize();
    String vision = "model.vision_embedder.";
    all.add(
        matrix("model.embed_audio.embedding_projection.weight", hidden, recipe.sound().width()));
    all.add(matrix("model.embed_vision.embedding_projection.weight", hidden, embedded));
    all.add(zeros(vision + "patch_dense.bias", embedded));
    all.add(matrix(vision + "patch_dense.weight", embedded, patch));
    layerNorm(vision + "patch_ln1", patch, all);
    layerNorm(vision + "patch_ln2", embedded, all);
    all.add(
        new Parameter(
            vision + "pos_embedding",
            List.of((long) recipe.patchPositions(), 2L, (long) embedded),
            new Start.Waves()));
    layerNorm(vision + "pos_norm", embedded, all);
    all.add(matrix("model.language_model.embed_tokens.weight", recipe.vocabulary(), hidden));
    all.add(ones("model.language_model.norm.weight", hidden));
  }

  private static void block(Recipe recipe, int layer, List<Parameter> all) {
    String block = "model.language_model.layers." + layer + ".";
    int hidden = recipe.hiddenSize();
    int size = recipe.headSize(layer);
    int keys = recipe.kvHeads(layer) * size;
    // Queries and keys are multiplied as they are: with gains of 1 a product of normed ones
    // deviates by √K, and each row sees one key only.
    float norm = (float) Math.pow(size, -0.25);
    // What all blocks add is together as large as what they are given.
    float added = (float) (1 / Math.sqrt(2.0 * recipe.layers()));
    all.add(ones(block + "input_layernorm.weight", hidden));
    all.add(ones(block + "layer_scalar", 1));
    all.add(matrix(block + "mlp.down_proj.weight", hidden, recipe.feedForwardSize()));
    all.add(matrix(block + "mlp.gate_proj.weight", recipe.feedForwardSize(), hidden));
    all.add(matrix(block + "mlp.up_proj.weight", recipe.feedForwardSize(), hidden));
    all.add(constant(block + "post_attention_layernorm.weight", hidden, added));
    all.add(constant(block + "post_feedforward_layernorm.weight", hidden, added));
    all.add(ones(block + "pre_feedforward_layernorm.weight", hidden));
    all.add(constant(block + "self_attn.k_norm.weight", size, norm));
    all.add(matrix(block + "self_attn.k_proj.weight", keys, hidden));
    all.add(matrix(block + "self_attn.o_proj.weight", hidden, recipe.heads() * size));
    all.add(constant(block + "self_attn.q_norm.weight", size, norm));
    all.add(matrix(block + "self_attn.q_proj.weight", recipe.heads() * size, hidden));
    if (!recipe.isGlobal(layer)) {
      all.add(matrix(block + "self_attn.v_proj.weight", keys, hidden));
    }
  }

  private static void layerNorm(String name, int size, List<Parameter> all) {
    all.add(zeros(name + ".bias", size));
    all.add(ones(name + ".weight", size));
  }

  private static Parameter matrix(String name, int out, int in) {
    return new Parameter(name, List.of((long) out, (long) in), new Start.Random());
  }

  private static Parameter ones(String name, int size) {
    return constant(name, size, 1);
  }

  private static Parameter zeros(String name, int size) {
    return constant(name, size, 0);
  }

  private static Parameter constant(String name, int size, float value) {
    return new Parameter(name, List.of((long) size), new Start.Constant(value));
  }
}
