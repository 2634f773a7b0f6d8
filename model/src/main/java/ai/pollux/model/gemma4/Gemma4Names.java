package ai.pollux.model.gemma4;

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
          ignored                         model.vision_tower.* | model.audio_tower.*
          ignored                         model.embed_vision.* | model.embed_audio.*
          ignored                         model.vision_embedder.*
          """);

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
          """);

  private Gemma4Names() {}
}
