package ai.pollux.model.gemma4.audio;

/** How files spell the weights of what hears: lines of the family's name tables. */
public final class AudioNames {
  private static final String[] MATRICES = {
    "first.up",
    "first.down",
    "attention.query",
    "attention.key",
    "attention.value",
    "attention.output",
    "convolution.start",
    "convolution.end",
    "second.up",
    "second.down"
  };

  /** Lines for transformers' names. */
  public static final String HUGGING_FACE =
      """
      audio.projection                       model.embed_audio.embedding_projection.weight
      prefix                                 model.audio_tower.
      audio.convolution.#.kernel             @subsample_conv_projection.layer#.conv.weight
      audio.convolution.#.norm               @subsample_conv_projection.layer#.norm.weight
      audio.convolution.projection           @subsample_conv_projection.input_proj_linear.weight
      audio.output                           @output_proj.weight
      audio.output.bias                      @output_proj.bias
      audio.blocks.#.first.norm              @layers.#.feed_forward1.pre_layer_norm.weight
      audio.blocks.#.first.outputNorm        @layers.#.feed_forward1.post_layer_norm.weight
      audio.blocks.#.attentionNorm           @layers.#.norm_pre_attn.weight
      audio.blocks.#.attention.queryScale    @layers.#.self_attn.per_dim_scale
      audio.blocks.#.attention.distance      @layers.#.self_attn.relative_k_proj.weight
      audio.blocks.#.attentionOutputNorm     @layers.#.norm_post_attn.weight
      audio.blocks.#.convolution.norm        @layers.#.lconv1d.pre_layer_norm.weight
      audio.blocks.#.convolution.kernel      @layers.#.lconv1d.depthwise_conv1d.weight
      audio.blocks.#.convolution.outputNorm  @layers.#.lconv1d.conv_norm.weight
      audio.blocks.#.second.norm             @layers.#.feed_forward2.pre_layer_norm.weight
      audio.blocks.#.second.outputNorm       @layers.#.feed_forward2.post_layer_norm.weight
      audio.blocks.#.norm                    @layers.#.norm_out.weight
      """
          + matrices(
              "@layers.#.",
              ".linear",
              "feed_forward1.ffw_layer_1",
              "feed_forward1.ffw_layer_2",
              "self_attn.q_proj",
              "self_attn.k_proj",
              "self_attn.v_proj",
              "self_attn.post",
              "lconv1d.linear_start",
              "lconv1d.linear_end",
              "feed_forward2.ffw_layer_1",
              "feed_forward2.ffw_layer_2");

  /** Lines for llama.cpp's names, in which the norms of the convolution are swapped. */
  public static final String GGUF =
      """
      audio.projection                       mm.a.input_projection.weight
      audio.convolution.#.kernel             a.conv1d.#.weight
      audio.convolution.#.norm               a.conv1d.#.norm.weight
      audio.convolution.projection           a.input_projection.weight
      audio.output                           a.pre_encode.out.weight
      audio.output.bias                      a.pre_encode.out.bias
      audio.blocks.#.first.norm              a.blk.#.ffn_norm.weight
      audio.blocks.#.first.outputNorm        a.blk.#.ffn_post_norm.weight
      audio.blocks.#.attentionNorm           a.blk.#.attn_pre_norm.weight
      audio.blocks.#.attention.queryScale    a.blk.#.per_dim_scale.weight
      audio.blocks.#.attention.distance      a.blk.#.attn_k_rel.weight
      audio.blocks.#.attentionOutputNorm     a.blk.#.attn_post_norm.weight
      audio.blocks.#.convolution.norm        a.blk.#.conv_norm.weight
      audio.blocks.#.convolution.kernel      a.blk.#.conv_dw.weight
      audio.blocks.#.convolution.outputNorm  a.blk.#.norm_conv.weight
      audio.blocks.#.second.norm             a.blk.#.ffn_norm_1.weight
      audio.blocks.#.second.outputNorm       a.blk.#.ffn_post_norm_1.weight
      audio.blocks.#.norm                    a.blk.#.ln2.weight
      """
          + matrices(
              "a.blk.#.",
              "",
              "ffn_up",
              "ffn_down",
              "attn_q",
              "attn_k",
              "attn_v",
              "attn_out",
              "conv_pw1",
              "conv_pw2",
              "ffn_up_1",
              "ffn_down_1");

  private AudioNames() {}

  /**
   * The lines of the matrices of a block, each with the bounds of its inputs and outputs.
   *
   * @param block what foreign names start with
   * @param weight what stands between a matrix's name and {@code .weight}
   * @param foreign their names for ours
   */
  private static String matrices(String block, String weight, String... foreign) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < MATRICES.length; i++) {
      String ours = "audio.blocks.#." + MATRICES[i];
      String theirs = block + foreign[i];
      lines.append("%s %s%s.weight%n".formatted(ours, theirs, weight));
      lines.append("%s.inputMin %s.input_min%n".formatted(ours, theirs));
      lines.append("%s.inputMax %s.input_max%n".formatted(ours, theirs));
      lines.append("%s.outputMin %s.output_min%n".formatted(ours, theirs));
      lines.append("%s.outputMax %s.output_max%n".formatted(ours, theirs));
    }
    return lines.toString();
  }
}
