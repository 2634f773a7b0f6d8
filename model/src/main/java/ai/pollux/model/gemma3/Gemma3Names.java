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
          ignored                         vision_tower.* | model.vision_tower.*
          ignored                         multi_modal_projector.* | model.multi_modal_projector.*
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
          """);

  private Gemma3Names() {}
}
