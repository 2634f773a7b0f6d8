package ai.pollux.model.qwen3;

import ai.pollux.model.loading.NameTable;

/** How files spell Qwen 3's weights. */
final class Qwen3Names {
  static final NameTable HUGGING_FACE =
      NameTable.of(
          """
          prefix                          model.
          embedding                       @embed_tokens.weight
          finalNorm                       @norm.weight
          head                            lm_head.weight
          blocks.#.attentionNorm          @layers.#.input_layernorm.weight
          blocks.#.attention.query        @layers.#.self_attn.q_proj.weight
          blocks.#.attention.key          @layers.#.self_attn.k_proj.weight
          blocks.#.attention.value        @layers.#.self_attn.v_proj.weight
          blocks.#.attention.queryNorm    @layers.#.self_attn.q_norm.weight
          blocks.#.attention.keyNorm      @layers.#.self_attn.k_norm.weight
          blocks.#.attention.output       @layers.#.self_attn.o_proj.weight
          blocks.#.feedForwardNorm        @layers.#.post_attention_layernorm.weight
          blocks.#.feedForward.gate       @layers.#.mlp.gate_proj.weight
          blocks.#.feedForward.up         @layers.#.mlp.up_proj.weight
          blocks.#.feedForward.down       @layers.#.mlp.down_proj.weight
          """);

  static final NameTable GGUF =
      NameTable.of(
          """
          embedding                       token_embd.weight
          finalNorm                       output_norm.weight
          head                            output.weight
          blocks.#.attentionNorm          blk.#.attn_norm.weight
          blocks.#.attention.query        blk.#.attn_q.weight
          blocks.#.attention.key          blk.#.attn_k.weight
          blocks.#.attention.value        blk.#.attn_v.weight
          blocks.#.attention.queryNorm    blk.#.attn_q_norm.weight
          blocks.#.attention.keyNorm      blk.#.attn_k_norm.weight
          blocks.#.attention.output       blk.#.attn_output.weight
          blocks.#.feedForwardNorm        blk.#.ffn_norm.weight
          blocks.#.feedForward.gate       blk.#.ffn_gate.weight
          blocks.#.feedForward.up         blk.#.ffn_up.weight
          blocks.#.feedForward.down       blk.#.ffn_down.weight
          """);

  private Qwen3Names() {}
}
