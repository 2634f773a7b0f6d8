package ai.pollux.model.gemma4;

import ai.pollux.model.gemma4.audio.AudioNames;
import ai.pollux.model.loading.NameTable;

/** How files spell Gemma 4's weights. */
final class Gemma4Names {
  static final NameTable HUGGING_FACE =
      NameTable.of(
          """
          prefix                          model.language_model. | language_model.model. | model.
          embedding                       @embed_tokens.weight
          finalNorm                       @norm.weight
          head                            lm_head.weight | language_model.lm_head.weight
          perLayer.embedding              @embed_tokens_per_layer.weight
          perLayer.projection             @per_layer_model_projection.weight
          perLayer.norm                   @per_layer_projection_norm.weight
          blocks.#.attentionNorm          @layers.#.input_layernorm.weight
          blocks.#.attention.query        @layers.#.self_attn.q_proj.weight
          blocks.#.attention.key          @layers.#.self_attn.k_proj.weight
          blocks.#.attention.value        @layers.#.self_attn.v_proj.weight
          blocks.#.attention.output       @layers.#.self_attn.o_proj.weight
          blocks.#.attention.queryNorm    @layers.#.self_attn.q_norm.weight
          blocks.#.attention.keyNorm      @layers.#.self_attn.k_norm.weight
          blocks.#.attentionOutputNorm    @layers.#.post_attention_layernorm.weight
          blocks.#.feedForwardNorm        @layers.#.pre_feedforward_layernorm.weight
          blocks.#.feedForward.gate       @layers.#.mlp.gate_proj.weight
          blocks.#.feedForward.up         @layers.#.mlp.up_proj.weight
          blocks.#.feedForward.down       @layers.#.mlp.down_proj.weight
          blocks.#.feedForwardOutputNorm  @layers.#.post_feedforward_layernorm.weight
          blocks.#.perLayer.gate          @layers.#.per_layer_input_gate.weight
          blocks.#.perLayer.projection    @layers.#.per_layer_projection.weight
          blocks.#.perLayer.norm          @layers.#.post_per_layer_input_norm.weight
          blocks.#.scale                  @layers.#.layer_scalar
          blocks.#.denseNorm              @layers.#.post_feedforward_layernorm_1.weight
          blocks.#.expertsNorm            @layers.#.pre_feedforward_layernorm_2.weight
          blocks.#.expertsOutputNorm      @layers.#.post_feedforward_layernorm_2.weight
          blocks.#.router                 @layers.#.router.proj.weight
          blocks.#.routerScale            @layers.#.router.scale
          blocks.#.expertScale            @layers.#.router.per_expert_scale
          blocks.#.experts.gateUp         @layers.#.experts.gate_up_proj
          blocks.#.experts.down           @layers.#.experts.down_proj
          vision.projection               model.embed_vision.embedding_projection.weight | model.embed_vision.multimodal_embedder.embedding_projection.weight
          prefix                          model.vision_tower.
          vision.positions                @patch_embedder.position_embedding_table | model.vision_embedder.pos_embedding | model.embed_vision.pos_embedding
          vision.patches                  @patch_embedder.input_proj.weight | model.vision_embedder.patch_dense.weight | model.embed_vision.patch_dense.weight
          vision.standardShift            @std_bias
          vision.standardGain             @std_scale
          vision.blocks.#.attentionNorm          @encoder.layers.#.input_layernorm.weight
          vision.blocks.#.attention.queryNorm    @encoder.layers.#.self_attn.q_norm.weight
          vision.blocks.#.attention.keyNorm      @encoder.layers.#.self_attn.k_norm.weight
          vision.blocks.#.attentionOutputNorm    @encoder.layers.#.post_attention_layernorm.weight
          vision.blocks.#.feedForwardNorm        @encoder.layers.#.pre_feedforward_layernorm.weight
          vision.blocks.#.feedForwardOutputNorm  @encoder.layers.#.post_feedforward_layernorm.weight
          """
              + visionMatrices(
                  "@encoder.layers.#",
                  ".linear",
                  "self_attn.q_proj self_attn.k_proj self_attn.v_proj self_attn.o_proj"
                      + " mlp.gate_proj mlp.up_proj mlp.down_proj")
              + """
              prefix                          model.vision_embedder. | model.embed_vision.
              vision.patchNorm.gain           @patch_ln1.weight
              vision.patchNorm.bias           @patch_ln1.bias
              vision.patches.bias             @patch_dense.bias
              vision.embeddingNorm.gain       @patch_ln2.weight
              vision.embeddingNorm.bias       @patch_ln2.bias
              vision.positionNorm.gain        @pos_norm.weight
              vision.positionNorm.bias        @pos_norm.bias
              """
              + AudioNames.HUGGING_FACE);

  static final NameTable GGUF =
      NameTable.of(
          """
          embedding                       token_embd.weight
          finalNorm                       output_norm.weight
          head                            output.weight
          ropeFactors                     rope_freqs.weight
          perLayer.embedding              per_layer_token_embd.weight
          perLayer.projection             per_layer_model_proj.weight
          perLayer.norm                   per_layer_proj_norm.weight
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
          blocks.#.perLayer.gate          blk.#.inp_gate.weight
          blocks.#.perLayer.projection    blk.#.proj.weight
          blocks.#.perLayer.norm          blk.#.post_norm.weight
          blocks.#.scale                  blk.#.layer_output_scale.weight
          blocks.#.denseNorm              blk.#.post_ffw_norm_1.weight
          blocks.#.expertsNorm            blk.#.pre_ffw_norm_2.weight
          blocks.#.expertsOutputNorm      blk.#.post_ffw_norm_2.weight
          blocks.#.router                 blk.#.ffn_gate_inp.weight
          blocks.#.routerScale            blk.#.ffn_gate_inp.scale
          blocks.#.expertScale            blk.#.ffn_down_exps.scale
          blocks.#.experts.gateUp         blk.#.ffn_gate_up_exps.weight
          blocks.#.experts.gate           blk.#.ffn_gate_exps.weight
          blocks.#.experts.up             blk.#.ffn_up_exps.weight
          blocks.#.experts.down           blk.#.ffn_down_exps.weight
          vision.projection               mm.input_projection.weight
          vision.positions                v.position_embd.weight
          vision.patches                  v.patch_embd.weight
          vision.patches.bias             v.patch_embd.bias
          vision.patchNorm.gain           v.patch_norm.1.weight
          vision.patchNorm.bias           v.patch_norm.1.bias
          vision.embeddingNorm.gain       v.patch_norm.2.weight
          vision.embeddingNorm.bias       v.patch_norm.2.bias
          vision.positionNorm.gain        v.patch_norm.3.weight
          vision.positionNorm.bias        v.patch_norm.3.bias
          vision.standardShift            v.std_bias
          vision.standardGain             v.std_scale
          vision.blocks.#.attentionNorm          v.blk.#.ln1.weight
          vision.blocks.#.attention.queryNorm    v.blk.#.attn_q_norm.weight
          vision.blocks.#.attention.keyNorm      v.blk.#.attn_k_norm.weight
          vision.blocks.#.attentionOutputNorm    v.blk.#.attn_post_norm.weight
          vision.blocks.#.feedForwardNorm        v.blk.#.ln2.weight
          vision.blocks.#.feedForwardOutputNorm  v.blk.#.ffn_post_norm.weight
          """
              + visionMatrices(
                  "v.blk.#", "", "attn_q attn_k attn_v attn_out ffn_gate ffn_up ffn_down")
              + AudioNames.GGUF);

  private Gemma4Names() {}

  /**
   * The lines of the matrices of the tower's blocks, with the bounds that some files have.
   *
   * @param block what foreign names start with
   * @param weight what stands between a matrix's name and {@code .weight}
   * @param matrices the names of query, key, value, output, gate, up and down
   */
  private static String visionMatrices(String block, String weight, String matrices) {
    String[] foreign = matrices.split(" ");
    String[] ours = {
      "attention.query",
      "attention.key",
      "attention.value",
      "attention.output",
      "feedForward.gate",
      "feedForward.up",
      "feedForward.down"
    };
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ours.length; i++) {
      String name = "vision.blocks.#." + ours[i];
      String theirs = block + "." + foreign[i];
      lines.append("%s %s%s.weight%n".formatted(name, theirs, weight));
      lines.append("%s.inputMin %s.input_min%n".formatted(name, theirs));
      lines.append("%s.inputMax %s.input_max%n".formatted(name, theirs));
      lines.append("%s.outputMin %s.output_min%n".formatted(name, theirs));
      lines.append("%s.outputMax %s.output_max%n".formatted(name, theirs));
    }
    return lines.toString();
  }
}
