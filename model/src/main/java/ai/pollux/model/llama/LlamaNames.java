package ai.pollux.model.llama;

import ai.pollux.model.loading.NameTable;

/** How files spell Llama's weights. */
final class LlamaNames {
  static final NameTable HUGGING_FACE =
      NameTable.of(
          """
          prefix                          model. | language_model.model. | model.language_model.
          embedding                       @embed_tokens.weight
          finalNorm                       @norm.weight
          head                            lm_head.weight | language_model.lm_head.weight
          blocks.#.attentionNorm          @layers.#.input_layernorm.weight
          blocks.#.attention.query        @layers.#.self_attn.q_proj.weight
          blocks.#.attention.key          @layers.#.self_attn.k_proj.weight
          blocks.#.attention.value        @layers.#.self_attn.v_proj.weight
          blocks.#.attention.output       @layers.#.self_attn.o_proj.weight
          blocks.#.feedForwardNorm        @layers.#.post_attention_layernorm.weight
          blocks.#.feedForward.gate       @layers.#.mlp.gate_proj.weight
          blocks.#.feedForward.up         @layers.#.mlp.up_proj.weight
          blocks.#.feedForward.down       @layers.#.mlp.down_proj.weight
          ignored                         @layers.*.self_attn.rotary_emb.inv_freq
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
          blocks.#.feedForwardNorm        blk.#.ffn_norm.weight
          blocks.#.feedForward.gate       blk.#.ffn_gate.weight
          blocks.#.feedForward.up         blk.#.ffn_up.weight
          blocks.#.feedForward.down       blk.#.ffn_down.weight
          """);

  private LlamaNames() {}
}
