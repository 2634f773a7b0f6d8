package ai.pollux.model.synthetic;

import static ai.pollux.model.checkpoint.MetadataValue.flag;
import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.text;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;

import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.tensor.quant.BlockFormat;
import java.nio.file.Path;

/**
 * Writes the second file of a Gemma 4 model of random weights, its projector as llama.cpp has it:
 * the towers of the sizes with per-layer embeddings, or the embedders of the 12B, which has none.
 */
public final class SyntheticProjector {
  private static final int CONVOLUTION = 3;
  private static final int MERGED = 3;
  private static final int[] CHANNELS = {128, 32};
  private static final int FEATURES = 128;
  private static final int DEPTHWISE = 5;
  private static final int SAMPLES = 640;
  private static final int UNIFIED_POSITIONS = 1120;

  /**
   * The sizes of the towers.
   *
   * @param hiddenSize D of what sees
   * @param layers its blocks
   * @param heads H of it
   * @param feedForwardSize F of it
   * @param patchSize pixels
   * @param positions columns and rows with places of their own
   * @param heardSize D of what hears
   * @param heardLayers its blocks
   * @param heardHeads H of it
   * @param heardOutput the size of what it returns
   */
  public record Towers(
      int hiddenSize,
      int layers,
      int heads,
      int feedForwardSize,
      int patchSize,
      int positions,
      int heardSize,
      int heardLayers,
      int heardHeads,
      int heardOutput) {
    /** Those of E2B and E4B. */
    public static final Towers PUBLISHED =
        new Towers(768, 16, 12, 3072, 16, 10_240, 1024, 12, 8, 1536);
  }

  private final ModelShape shape;
  private final Towers towers;
  private final GgufWriter writer = new GgufWriter();
  private final SyntheticTensors tensors;

  private SyntheticProjector(ModelShape shape, Towers towers, BlockFormat type, long seed) {
    this.shape = shape;
    this.towers = towers;
    this.tensors = new SyntheticTensors(writer, type, seed);
  }

  /** Writes the file. */
  public static void write(
      Path target,
      ModelShape shape,
      Towers towers,
      BlockFormat type,
      long seed,
      GgufWriter.Progress progress) {
    SyntheticProjector projector = new SyntheticProjector(shape, towers, type, seed);
    projector.writer.put("general.architecture", text("clip"));
    projector.writer.put("general.type", text("mmproj"));
    if (shape.perLayerSize() > 0) {
      projector.towers();
    } else {
      projector.embedders();
    }
    projector.writer.write(target, progress);
  }

  private void towers() {
    encoder("vision", "gemma4v", towers.hiddenSize(), towers.layers(), towers.heads());
    writer
        .put("clip.vision.feed_forward_length", uint32(towers.feedForwardSize()))
        .put("clip.vision.patch_size", uint32(towers.patchSize()));
    int hidden = towers.hiddenSize();
    int patch = towers.patchSize();
    tensors.matrix("v.patch_embd.weight", hidden, 3, patch, patch);
    tensors.matrix("v.position_embd.weight", 2, towers.positions(), hidden);
    tensors.matrix("mm.input_projection.weight", shape.hiddenSize(), hidden);
    for (int layer = 0; layer < towers.layers(); layer++) {
      seeing("v.blk." + layer + ".");
    }
    encoder("audio", "gemma4a", towers.heardSize(), towers.heardLayers(), towers.heardHeads());
    writer.put("clip.audio.num_mel_bins", uint32(FEATURES));
    subsampling();
    for (int layer = 0; layer < towers.heardLayers(); layer++) {
      hearing("a.blk." + layer + ".");
    }
  }

  private void encoder(String medium, String type, int size, int layers, int heads) {
    String key = "clip." + medium + ".";
    writer
        .put("clip.has_" + medium + "_encoder", flag(true))
        .put(key + "projector_type", text(type))
        .put(key + "projection_dim", uint32(shape.hiddenSize()))
        .put(key + "embedding_length", uint32(size))
        .put(key + "block_count", uint32(layers))
        .put(key + "attention.head_count", uint32(heads))
        .put(key + "attention.layer_norm_epsilon", float32(1e-6f));
  }

  private void seeing(String block) {
    int hidden = towers.hiddenSize();
    for (String norm : new String[] {"ln1", "attn_post_norm", "ln2", "ffn_post_norm"}) {
      tensors.ones(block + norm + ".weight", hidden);
    }
    tensors.ones(block + "attn_q_norm.weight", hidden / towers.heads());
    tensors.ones(block + "attn_k_norm.weight", hidden / towers.heads());
    for (String square : new String[] {"attn_q", "attn_k", "attn_v", "attn_out"}) {
      tensors.matrix(block + square + ".weight", hidden, hidden);
    }
    tensors.matrix(block + "ffn_gate.weight", towers.feedForwardSize(), hidden);
    tensors.matrix(block + "ffn_up.weight", towers.feedForwardSize(), hidden);
    tensors.matrix(block + "ffn_down.weight", hidden, towers.feedForwardSize());
  }

  private void subsampling() {
    int hidden = towers.heardSize();
    int width = FEATURES;
    for (int i = 0; i < CHANNELS.length; i++) {
      int in = i == 0 ? 1 : CHANNELS[i - 1];
      tensors.matrix("a.conv1d." + i + ".weight", CHANNELS[i], in, CONVOLUTION, CONVOLUTION);
      tensors.ones("a.conv1d." + i + ".norm.weight", CHANNELS[i]);
      width = Math.ceilDiv(width, 2);
    }
    tensors.matrix("a.input_projection.weight", hidden, width * CHANNELS[CHANNELS.length - 1]);
    tensors.matrix("a.pre_encode.out.weight", towers.heardOutput(), hidden);
    tensors.zeros("a.pre_encode.out.bias", towers.heardOutput());
    tensors.matrix("mm.a.input_projection.weight", shape.hiddenSize(), towers.heardOutput());
  }

  private void hearing(String block) {
    int hidden = towers.heardSize();
    for (String norm :
        new String[] {
          "ffn_norm",
          "ffn_post_norm",
          "attn_pre_norm",
          "attn_post_norm",
          "conv_norm",
          "norm_conv",
          "ffn_norm_1",
          "ffn_post_norm_1",
          "ln2"
        }) {
      tensors.ones(block + norm + ".weight", hidden);
    }
    tensors.ones(block + "per_dim_scale.weight", hidden / towers.heardHeads());
    for (String square :
        new String[] {"attn_q", "attn_k", "attn_v", "attn_out", "attn_k_rel", "conv_pw2"}) {
      tensors.matrix(block + square + ".weight", hidden, hidden);
    }
    tensors.matrix(block + "conv_pw1.weight", 2 * hidden, hidden);
    tensors.matrix(block + "conv_dw.weight", hidden, DEPTHWISE);
    for (String step : new String[] {"", "_1"}) {
      tensors.matrix(block + "ffn_up" + step + ".weight", 4 * hidden, hidden);
      tensors.matrix(block + "ffn_down" + step + ".weight", hidden, 4 * hidden);
    }
  }

  /** Squares of merged patches and frames of samples, each projected as they are. */
  private void embedders() {
    int size = shape.hiddenSize();
    int side = towers.patchSize() * MERGED;
    int pixels = 3 * side * side;
    encoder("vision", "gemma4uv", size, 0, 0);
    writer.put("clip.vision.patch_size", uint32(towers.patchSize()));
    tensors.matrix("v.patch_embd.weight", size, pixels);
    tensors.zeros("v.patch_embd.bias", size);
    for (int i = 1; i <= 3; i++) {
      int width = i == 1 ? pixels : size;
      tensors.ones("v.patch_norm." + i + ".weight", width);
      tensors.zeros("v.patch_norm." + i + ".bias", width);
    }
    tensors.matrix("v.position_embd.weight", 2, UNIFIED_POSITIONS, size);
    tensors.matrix("mm.input_projection.weight", size, size);
    encoder("audio", "gemma4ua", SAMPLES, 0, 0);
    tensors.matrix("mm.a.input_projection.weight", size, SAMPLES);
  }
}
