package ai.pollux.model.gemma3;

import ai.pollux.model.loading.NameTable;

/**
 * How files spell Gemma 3's weights. Hugging Face's store the gains of norms minus one; GGUF's do
 * not.
 */
final class Gemma3Names {
  static final NameTable HUGGING_FACE =
      NameTable.of(
          """
          prefix                          model. | language_model.model. | model.language_model.
          embedding                       @embed_tokens.weight
          finalNorm                       @norm.weight                                   + 1
          head                            lm_head.weight | language_model.lm_head.weight
          blocks.#.attentionNorm          @layers.#.input_layernorm.weight               + 1
          blocks.#.attention.query        @layers.#.self_attn.q_proj.weight
          blocks.#.attention.key          @layers.#.self_attn.k_proj.weight
          blocks.#.attention.value        @layers.#.self_attn.v_proj.weight
          blocks.#.attention.output       @layers.#.self_attn.o_proj.weight
          blocks.#.attention.queryNorm    @layers.#.self_attn.q_norm.weight              + 1
          blocks.#.attention.keyNorm      @layers.#.self_attn.k_norm.weight              + 1
          blocks.#.attentionOutputNorm    @layers.#.post_attention_layernorm.weight      + 1
          blocks.#.feedForwardNorm        @layers.#.pre_feedforward_layernorm.weight     + 1
          blocks.#.feedForward.gate       @layers.#.mlp.gate_proj.weight
          blocks.#.feedForward.up         @layers.#.mlp.up_proj.weight
          blocks.#.feedForward.down       @layers.#.mlp.down_proj.weight
          blocks.#.feedForwardOutputNorm  @layers.#.post_feedforward_layernorm.weight    + 1
          prefix                          vision_tower.vision_model. | model.vision_tower.vision_model. | model.vision_tower.
          vision.patches                  @embeddings.patch_embedding.weight
          vision.patches.bias             @embeddings.patch_embedding.bias
          vision.positions                @embeddings.position_embedding.weight
          vision.finalNorm.gain           @post_layernorm.weight
          vision.finalNorm.bias           @post_layernorm.bias
          """
              + visionBlocks(
                  "@encoder.layers.#",
                  "layer_norm1 layer_norm2 self_attn.q_proj self_attn.k_proj self_attn.v_proj"
                      + " self_attn.out_proj mlp.fc1 mlp.fc2")
              + """
              prefix                          multi_modal_projector. | model.multi_modal_projector.
              vision.projectionNorm           @mm_soft_emb_norm.weight                       + 1
              vision.projection               @mm_input_projection_weight
              """);

  static final NameTable GGUF =
      NameTable.of(
          """
          embedding                       token_embd.weight
          finalNorm                       output_norm.weight
          head                            output.weight
          ropeFactors                     rope_freqs.weight
          blocks.#.attentionNorm          blk.#.attn_norm.weight
          blocks.#.attention.query        blk.#.attn_q.weight
          blocks.#.attention.key          blk.#.attn_k.weight
          blocks.#.attention.value        blk.#.attn_v.weight
          blocks.#.attention.output       blk.#.attn_output.weight
          blocks.#.attention.queryNorm    blk.#.attn_q_norm.weight
          blocks.#.attention.keyNorm      blk.#.attn_k_norm.weight
          blocks.#.attentionOutputNorm    blk.#.post_attention_norm.weight
          blocks.#.feedForwardNorm        blk.#.ffn_norm.weight
          blocks.#.feedForward.gate       blk.#.ffn_gate.weight
          blocks.#.feedForward.up         blk.#.ffn_up.weight
          blocks.#.feedForward.down       blk.#.ffn_down.weight
          blocks.#.feedForwardOutputNorm  blk.#.post_ffw_norm.weight
          vision.patches                  v.patch_embd.weight
          vision.patches.bias             v.patch_embd.bias
          vision.positions                v.position_embd.weight
          vision.finalNorm.gain           v.post_ln.weight
          vision.finalNorm.bias           v.post_ln.bias
          vision.projectionNorm           mm.soft_emb_norm.weight
          vision.projection               mm.input_projection.weight
          """
              + visionBlocks("v.blk.#", "ln1 ln2 attn_q attn_k attn_v attn_out ffn_up ffn_down"));

  private Gemma3Names() {}

  /**
   * The lines of the tower's blocks, all of which have a weight and a bias.
   *
   * @param block what foreign names start with
   * @param layers the names of two norms, query, key, value, output, up and down
   */
  private static String visionBlocks(String block, String layers) {
    String[] foreign = layers.split(" ");
    String[] ours = {
      "attentionNorm",
      "feedForwardNorm",
      "attention.query",
      "attention.key",
      "attention.value",
      "attention.output",
      "feedForward.up",
      "feedForward.down"
    };
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ours.length; i++) {
      String name = "vision.blocks.#." + ours[i];
      String gain = ours[i].endsWith("Norm") ? ".gain" : "";
      lines.append("%s%s %s.%s.weight%n".formatted(name, gain, block, foreign[i]));
      lines.append("%s.bias %s.%s.bias%n".formatted(name, block, foreign[i]));
    }
    return lines.toString();
  }
}
