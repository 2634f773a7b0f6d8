package ai.pollux.model.synthetic;

import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a GGUF of a named shape with random weights, which other programs that read GGUF load and
 * run too. All matrices, the embedding included, have the one type asked for, so that everyone who
 * measures reads the same bytes; norms and rotary factors are F32. Rows that do not fill the blocks
 * of a K-quant take the type that llama.cpp's quantiser falls back to.
 *
 * <p>The norms are ones and the matrices have a deviation of 1/√in, so that activations stay of the
 * order of one. The same seed gives the same file.
 */
public final class SyntheticModel {
  private final ModelShape shape;
  private final BlockFormat type;
  private final GgufWriter writer = new GgufWriter();
  private final RandomRows random;

  private SyntheticModel(ModelShape shape, BlockFormat type, long seed) {
    this.shape = shape;
    this.type = type;
    this.random = new RandomRows(seed);
  }

  /** Writes the file, a few hundred megabytes per second. */
  public static void write(
      Path target, ModelShape shape, BlockFormat type, long seed, GgufWriter.Progress progress) {
    SyntheticModel model = new SyntheticModel(shape, type, seed);
    SyntheticMetadata.put(model.writer, shape, type);
    model.tensors();
    model.writer.write(target, progress);
  }

  private void tensors() {
    matrix("token_embd.weight", shape.vocabulary(), shape.hiddenSize());
    ones("output_norm.weight", shape.hiddenSize());
    rotaryFactors();
    if (shape.perLayerSize() > 0) {
      int all = shape.perLayerSize() * shape.layers();
      matrix("per_layer_token_embd.weight", shape.vocabulary(), all);
      matrix("per_layer_model_proj.weight", all, shape.hiddenSize());
      ones("per_layer_proj_norm.weight", shape.perLayerSize());
    }
    shape.layerNumbers().forEach(this::layer);
  }

  private void layer(int layer) {
    String block = "blk." + layer + ".";
    int hidden = shape.hiddenSize();
    int queries = shape.heads() * shape.headSize(layer);
    int keys = shape.kvHeads(layer) * shape.headSize(layer);
    int wide = shape.feedForwardSize(layer);
    ones(block + "attn_norm.weight", hidden);
    matrix(block + "attn_q.weight", queries, hidden);
    if (shape.hasOwnKeys(layer)) {
      matrix(block + "attn_k.weight", keys, hidden);
      matrix(block + "attn_v.weight", keys, hidden);
    }
    matrix(block + "attn_output.weight", hidden, queries);
    ones(block + "ffn_norm.weight", hidden);
    matrix(block + "ffn_gate.weight", wide, hidden);
    matrix(block + "ffn_up.weight", wide, hidden);
    matrix(block + "ffn_down.weight", hidden, wide);
    if (shape.family() != Family.LLAMA) {
      gemmaNorms(block, layer);
    }
    if (shape.perLayerSize() > 0) {
      matrix(block + "inp_gate.weight", shape.perLayerSize(), hidden);
      matrix(block + "proj.weight", hidden, shape.perLayerSize());
      ones(block + "post_norm.weight", hidden);
    }
    if (shape.family() == Family.GEMMA4) {
      ones(block + "layer_output_scale.weight", 1);
    }
  }

  private void gemmaNorms(String block, int layer) {
    ones(block + "attn_q_norm.weight", shape.headSize(layer));
    if (shape.hasOwnKeys(layer)) {
      ones(block + "attn_k_norm.weight", shape.headSize(layer));
    }
    ones(block + "post_attention_norm.weight", shape.hiddenSize());
    ones(block + "post_ffw_norm.weight", shape.hiddenSize());
  }

  private void rotaryFactors() {
    switch (shape.family()) {
      case LLAMA -> vector("rope_freqs.weight", RotaryFactors.llama3(shape.globalHeadSize()));
      case GEMMA4 -> vector("rope_freqs.weight", RotaryFactors.partial(shape.globalHeadSize()));
      case GEMMA3 -> {}
    }
  }

  private void matrix(String name, int out, int in) {
    BlockFormat format = fitting(type, in);
    writer.tensor(name, format, List.of((long) out, (long) in), random.matrix(format, in));
  }

  /** The type itself, or that which llama.cpp's quantiser falls back to for such rows. */
  static BlockFormat fitting(BlockFormat type, int in) {
    if (in % type.blockSize() == 0) {
      return type;
    }
    BlockFormat smaller =
        switch (type.name()) {
          case "Q4_K" -> Formats.Q5_0;
          case "Q5_K" -> Formats.Q5_1;
          case "Q6_K" -> Formats.Q8_0;
          default -> Formats.F16;
        };
    return fitting(smaller, in);
  }

  private void ones(String name, int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    vector(name, ones);
  }

  private void vector(String name, float[] values) {
    writer.tensor(
        name,
        Formats.F32,
        List.of((long) values.length),
        TensorSource.encoding(
            Formats.F32,
            values.length,
            (row, target) -> System.arraycopy(values, 0, target, 0, values.length)));
  }
}
