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
  /** Gemma 3n's vectors for each token, and the rank of its learned residuals. */
  static final int STREAMS = 4;

  private static final int LAUREL_RANK = 64;

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
    if (shape.family() == Family.GEMMA3N) {
      matrices("altup_proj.weight", STREAMS - 1, shape.hiddenSize());
      matrices("altup_unembd_proj.weight", STREAMS - 1, shape.hiddenSize());
    }
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
    if (hasKeys(layer)) {
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
    if (shape.family() == Family.GEMMA3N) {
      streams(block);
    }
  }

  /** Files of Gemma 3n have keys and values in all layers, also where they are not used. */
  private boolean hasKeys(int layer) {
    return shape.hasOwnKeys(layer) || shape.family() == Family.GEMMA3N;
  }

  private void streams(String block) {
    int hidden = shape.hiddenSize();
    ones(block + "altup_router_norm.weight", hidden);
    matrix(block + "altup_router.weight", STREAMS, hidden);
    matrix(block + "altup_predict_coef.weight", STREAMS * STREAMS, STREAMS);
    matrix(block + "altup_correct_coef.weight", STREAMS, STREAMS);
    ones(block + "altup_correct_scale.weight", hidden);
    matrix(block + "laurel_l.weight", LAUREL_RANK, hidden);
    matrix(block + "laurel_r.weight", hidden, LAUREL_RANK);
    ones(block + "laurel_post_norm.weight", hidden);
  }

  private void gemmaNorms(String block, int layer) {
    ones(block + "attn_q_norm.weight", shape.headSize(layer));
    if (hasKeys(layer)) {
      ones(block + "attn_k_norm.weight", shape.headSize(layer));
    }
    ones(block + "post_attention_norm.weight", shape.hiddenSize());
    ones(block + "post_ffw_norm.weight", shape.hiddenSize());
  }

  private void rotaryFactors() {
    switch (shape.family()) {
      case LLAMA -> vector("rope_freqs.weight", RotaryFactors.llama3(shape.globalHeadSize()));
      case GEMMA4 -> vector("rope_freqs.weight", RotaryFactors.partial(shape.globalHeadSize()));
      case GEMMA3, GEMMA3N -> {}
    }
  }

  private void matrix(String name, int out, int in) {
    BlockFormat format = fitting(type, in);
    writer.tensor(name, format, List.of((long) out, (long) in), random.matrix(format, in));
  }

  private void matrices(String name, int count, int size) {
    BlockFormat format = fitting(type, size);
    List<Long> sizes = List.of((long) count, (long) size, (long) size);
    writer.tensor(name, format, sizes, random.matrix(format, size));
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
