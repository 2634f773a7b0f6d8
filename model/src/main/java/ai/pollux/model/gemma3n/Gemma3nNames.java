package ai.pollux.model.gemma3n;

import ai.pollux.model.gemma3n.audio.AudioNames;
import ai.pollux.model.loading.NameTable;

/** How files spell Gemma 3n's weights. */
final class Gemma3nNames {
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
          altUp.#.projection              @altup_projections.#.weight
          altUp.#.unembedding             @altup_unembed_projections.#.weight
          blocks.#.altUp.routerNorm       @layers.#.altup.router_norm.weight
          blocks.#.altUp.router           @layers.#.altup.modality_router.weight
          blocks.#.altUp.prediction       @layers.#.altup.prediction_coefs.weight
          blocks.#.altUp.correction       @layers.#.altup.correction_coefs.weight
          blocks.#.altUp.outputScale      @layers.#.altup.correct_output_scale
          blocks.#.laurel.left            @layers.#.laurel.linear_left.weight
          blocks.#.laurel.right           @layers.#.laurel.linear_right.weight
          blocks.#.laurel.norm            @layers.#.laurel.post_laurel_norm.weight
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
          """
              + VisionNames.HUGGING_FACE
              + AudioNames.HUGGING_FACE);

  static final NameTable GGUF =
      NameTable.of(
          """
          embedding                       token_embd.weight
          finalNorm                       output_norm.weight
          head                            output.weight
          perLayer.embedding              per_layer_token_embd.weight
          perLayer.projection             per_layer_model_proj.weight
          perLayer.norm                   per_layer_proj_norm.weight
          altUp.projections               altup_proj.weight
          altUp.unembeddings              altup_unembd_proj.weight
          blocks.#.altUp.routerNorm       blk.#.altup_router_norm.weight
          blocks.#.altUp.router           blk.#.altup_router.weight
          blocks.#.altUp.prediction       blk.#.altup_predict_coef.weight
          blocks.#.altUp.correction       blk.#.altup_correct_coef.weight
          blocks.#.altUp.outputScale      blk.#.altup_correct_scale.weight
          blocks.#.laurel.left            blk.#.laurel_l.weight
          blocks.#.laurel.right           blk.#.laurel_r.weight
          blocks.#.laurel.norm            blk.#.laurel_post_norm.weight
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
          """
              + VisionNames.GGUF
              + AudioNames.GGUF);

  private Gemma3nNames() {}
}
