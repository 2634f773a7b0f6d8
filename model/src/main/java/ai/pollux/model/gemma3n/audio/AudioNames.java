package ai.pollux.model.gemma3n.audio;

/** How files spell the weights of what hears: lines of the family's name tables. */
public final class AudioNames {
  /** Lines for transformers' names. */
  public static final String HUGGING_FACE =
      """
      prefix                                 model.embed_audio.
      audio.embedding                        @embedding.weight
      audio.hardNorm                         @hard_embedding_norm.weight
      audio.softNorm                         @soft_embedding_norm.weight
      audio.projection                       @embedding_projection.weight
      prefix                                 model.audio_tower.
      audio.convolution.#.kernel             @subsample_conv_projection.conv_#.conv.weight
      audio.convolution.#.norm               @subsample_conv_projection.conv_#.norm.weight
      audio.convolution.projection           @subsample_conv_projection.input_proj_linear.weight
      audio.blocks.#.first.norm              @conformer.#.ffw_layer_start.pre_layer_norm.weight
      audio.blocks.#.first.up                @conformer.#.ffw_layer_start.ffw_layer_1.weight
      audio.blocks.#.first.down              @conformer.#.ffw_layer_start.ffw_layer_2.weight
      audio.blocks.#.first.outputNorm        @conformer.#.ffw_layer_start.post_layer_norm.weight
      audio.blocks.#.attentionNorm           @conformer.#.attention.pre_attn_norm.weight
      audio.blocks.#.attention.query         @conformer.#.attention.attn.q_proj.weight
      audio.blocks.#.attention.queryScale    @conformer.#.attention.attn.per_dim_scale
      audio.blocks.#.attention.key           @conformer.#.attention.attn.k_proj.weight
      audio.blocks.#.attention.value         @conformer.#.attention.attn.v_proj.weight
      audio.blocks.#.attention.distance      @conformer.#.attention.attn.relative_position_embedding.pos_proj.weight
      audio.blocks.#.attention.output        @conformer.#.attention.post.weight
      audio.blocks.#.attentionOutputNorm     @conformer.#.attention.post_norm.weight
      audio.blocks.#.convolution.norm        @conformer.#.lconv1d.pre_layer_norm.weight
      audio.blocks.#.convolution.start       @conformer.#.lconv1d.linear_start.weight
      audio.blocks.#.convolution.kernel      @conformer.#.lconv1d.depthwise_conv1d.weight
      audio.blocks.#.convolution.outputNorm  @conformer.#.lconv1d.conv_norm.weight
      audio.blocks.#.convolution.end         @conformer.#.lconv1d.linear_end.weight
      audio.blocks.#.second.norm             @conformer.#.ffw_layer_end.pre_layer_norm.weight
      audio.blocks.#.second.up               @conformer.#.ffw_layer_end.ffw_layer_1.weight
      audio.blocks.#.second.down             @conformer.#.ffw_layer_end.ffw_layer_2.weight
      audio.blocks.#.second.outputNorm       @conformer.#.ffw_layer_end.post_layer_norm.weight
      audio.blocks.#.norm                    @conformer.#.norm.weight
      """;

  /** Lines for llama.cpp's names, in which the norms of the convolution are swapped. */
  public static final String GGUF =
      """
      audio.embedding                        mm.a.embedding.weight
      audio.hardNorm                         mm.a.hard_emb_norm.weight
      audio.softNorm                         mm.a.soft_emb_norm.weight
      audio.projection                       mm.a.input_projection.weight
      audio.convolution.#.kernel             a.conv1d.#.weight
      audio.convolution.#.norm               a.conv1d.#.norm.weight
      audio.convolution.projection           a.pre_encode.out.weight
      audio.blocks.#.first.norm              a.blk.#.ffn_norm.weight
      audio.blocks.#.first.up                a.blk.#.ffn_up.weight
      audio.blocks.#.first.down              a.blk.#.ffn_down.weight
      audio.blocks.#.first.outputNorm        a.blk.#.ffn_post_norm.weight
      audio.blocks.#.attentionNorm           a.blk.#.ln1.weight
      audio.blocks.#.attention.query         a.blk.#.attn_q.weight
      audio.blocks.#.attention.queryScale    a.blk.#.per_dim_scale
      audio.blocks.#.attention.key           a.blk.#.attn_k.weight
      audio.blocks.#.attention.value         a.blk.#.attn_v.weight
      audio.blocks.#.attention.distance      a.blk.#.linear_pos.weight
      audio.blocks.#.attention.output        a.blk.#.attn_out.weight
      audio.blocks.#.attentionOutputNorm     a.blk.#.ln2.weight
      audio.blocks.#.convolution.norm        a.blk.#.conv_norm.weight
      audio.blocks.#.convolution.start       a.blk.#.conv_pw1.weight
      audio.blocks.#.convolution.kernel      a.blk.#.conv_dw.weight
      audio.blocks.#.convolution.outputNorm  a.blk.#.norm_conv.weight
      audio.blocks.#.convolution.end         a.blk.#.conv_pw2.weight
      audio.blocks.#.second.norm             a.blk.#.ffn_norm_1.weight
      audio.blocks.#.second.up               a.blk.#.ffn_up_1.weight
      audio.blocks.#.second.down             a.blk.#.ffn_down_1.weight
      audio.blocks.#.second.outputNorm       a.blk.#.ffn_post_norm_1.weight
      audio.blocks.#.norm                    a.blk.#.layer_pre_norm.weight
      """;

  private AudioNames() {}
}
