package ai.pollux.model.synthetic;

import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.tensor.quant.BlockFormat;
import java.nio.file.Path;

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
  private final GgufWriter writer = new GgufWriter();
  private final SyntheticTensors tensors;

  private SyntheticModel(ModelShape shape, BlockFormat type, long seed) {
    this.shape = shape;
    this.tensors = new SyntheticTensors(writer, type, seed);
  }

  /** Writes the file, a few hundred megabytes per second. */
  public static void write(
      Path target, ModelShape shape, BlockFormat type, long seed, GgufWriter.Progress progress) {
    SyntheticModel model = new SyntheticModel(shape, type, seed);
    SyntheticMetadata.put(model.writer, shape, type);
    model.addTensors();
    model.writer.write(target, progress);
  }

  private void addTensors() {
    tensors.matrix("token_embd.weight", shape.vocabulary(), shape.hiddenSize());
    tensors.ones("output_norm.weight", shape.hiddenSize());
    rotaryFactors();
    if (shape.family() == Family.GEMMA3N) {
      tensors.matrix("altup_proj.weight", STREAMS - 1, shape.hiddenSize(), shape.hiddenSize());
      tensors.matrix(
          "altup_unembd_proj.weight", STREAMS - 1, shape.hiddenSize(), shape.hiddenSize());
    }
    if (shape.perLayerSize() > 0) {
      int all = shape.perLayerSize() * shape.layers();
      tensors.matrix("per_layer_token_embd.weight", shape.vocabulary(), all);
      tensors.matrix("per_layer_model_proj.weight", all, shape.hiddenSize());
      tensors.ones("per_layer_proj_norm.weight", shape.perLayerSize());
    }
    shape.layerNumbers().forEach(this::layer);
  }

  private void layer(int layer) {
    String block = "blk." + layer + ".";
    int hidden = shape.hiddenSize();
    int queries = shape.heads() * shape.headSize(layer);
    int keys = shape.kvHeads(layer) * shape.headSize(layer);
    int wide = shape.feedForwardSize(layer);
    tensors.ones(block + "attn_norm.weight", hidden);
    tensors.matrix(block + "attn_q.weight", queries, hidden);
    if (hasKeys(layer)) {
      tensors.matrix(block + "attn_k.weight", keys, hidden);
      if (shape.hasValues(layer)) {
        tensors.matrix(block + "attn_v.weight", keys, hidden);
      }
    }
    tensors.matrix(block + "attn_output.weight", hidden, queries);
    tensors.ones(block + "ffn_norm.weight", hidden);
    tensors.matrix(block + "ffn_gate.weight", wide, hidden);
    tensors.matrix(block + "ffn_up.weight", wide, hidden);
    tensors.matrix(block + "ffn_down.weight", hidden, wide);
    if (shape.family() != Family.LLAMA) {
      gemmaNorms(block, layer);
    }
    if (shape.perLayerSize() > 0) {
      tensors.matrix(block + "inp_gate.weight", shape.perLayerSize(), hidden);
      tensors.matrix(block + "proj.weight", hidden, shape.perLayerSize());
      tensors.ones(block + "post_norm.weight", hidden);
    }
    if (shape.family() == Family.GEMMA4) {
      tensors.ones(block + "layer_output_scale.weight", 1);
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
    tensors.ones(block + "altup_router_norm.weight", hidden);
    tensors.matrix(block + "altup_router.weight", STREAMS, hidden);
    tensors.matrix(block + "altup_predict_coef.weight", STREAMS * STREAMS, STREAMS);
    tensors.matrix(block + "altup_correct_coef.weight", STREAMS, STREAMS);
    tensors.ones(block + "altup_correct_scale.weight", hidden);
    tensors.matrix(block + "laurel_l.weight", LAUREL_RANK, hidden);
    tensors.matrix(block + "laurel_r.weight", hidden, LAUREL_RANK);
    tensors.ones(block + "laurel_post_norm.weight", hidden);
  }

  private void gemmaNorms(String block, int layer) {
    tensors.ones(block + "attn_q_norm.weight", shape.headSize(layer));
    if (hasKeys(layer)) {
      tensors.ones(block + "attn_k_norm.weight", shape.headSize(layer));
    }
    tensors.ones(block + "post_attention_norm.weight", shape.hiddenSize());
    tensors.ones(block + "post_ffw_norm.weight", shape.hiddenSize());
  }

  private void rotaryFactors() {
    switch (shape.family()) {
      case LLAMA ->
          tensors.vector("rope_freqs.weight", RotaryFactors.llama3(shape.globalHeadSize()));
      case GEMMA4 ->
          tensors.vector("rope_freqs.weight", RotaryFactors.partial(shape.globalHeadSize()));
      case GEMMA3, GEMMA3N -> {}
    }
  }
}
