package ai.pollux.model.gemma3n;

/** How files spell the weights of what sees: lines of the family's name tables. */
final class VisionNames {
  /** The tower, which timm named. */
  private static final String TOWER =
      """
      vision.stem                           @conv_stem.conv.weight
      vision.stemBias                       @conv_stem.conv.bias
      vision.stemNorm                       @conv_stem.bn.weight
      vision.stages.#.#.edge                @blocks.#.#.conv_exp.weight
      vision.stages.#.#.edgeNorm            @blocks.#.#.bn1.weight
      vision.stages.#.#.start               @blocks.#.#.dw_start.conv.weight
      vision.stages.#.#.startNorm           @blocks.#.#.dw_start.bn.weight
      vision.stages.#.#.expand              @blocks.#.#.pw_exp.conv.weight
      vision.stages.#.#.expandNorm          @blocks.#.#.pw_exp.bn.weight
      vision.stages.#.#.middle              @blocks.#.#.dw_mid.conv.weight
      vision.stages.#.#.middleNorm          @blocks.#.#.dw_mid.bn.weight
      vision.stages.#.#.project             @blocks.#.#.conv_pwl.weight | @blocks.#.#.pw_proj.conv.weight
      vision.stages.#.#.projectNorm         @blocks.#.#.bn2.weight | @blocks.#.#.pw_proj.bn.weight
      vision.stages.#.#.norm                @blocks.#.#.norm.weight
      vision.stages.#.#.attention.query     @blocks.#.#.attn.query.proj.weight
      vision.stages.#.#.attention.key       @blocks.#.#.attn.key.proj.weight
      vision.stages.#.#.attention.keyReduction  @blocks.#.#.attn.key.down_conv.weight
      vision.stages.#.#.attention.keyNorm   @blocks.#.#.attn.key.norm.weight
      vision.stages.#.#.attention.value     @blocks.#.#.attn.value.proj.weight
      vision.stages.#.#.attention.valueReduction  @blocks.#.#.attn.value.down_conv.weight
      vision.stages.#.#.attention.valueNorm @blocks.#.#.attn.value.norm.weight
      vision.stages.#.#.attention.output    @blocks.#.#.attn.output.proj.weight
      vision.stages.#.#.scale               @blocks.#.#.layer_scale.gamma
      vision.adapter.expand                 @msfa.ffn.pw_exp.conv.weight
      vision.adapter.expandNorm             @msfa.ffn.pw_exp.bn.weight
      vision.adapter.project                @msfa.ffn.pw_proj.conv.weight
      vision.adapter.projectNorm            @msfa.ffn.pw_proj.bn.weight
      vision.adapter.norm                   @msfa.norm.weight
      """;

  /** Lines for transformers' names. */
  static final String HUGGING_FACE =
      """
      prefix                                model.embed_vision.
      vision.embedding                      @embedding.weight
      vision.hardNorm                       @hard_embedding_norm.weight
      vision.softNorm                       @soft_embedding_norm.weight
      vision.projection                     @embedding_projection.weight
      prefix                                model.vision_tower.timm_model.
      """
          + TOWER;

  /** Lines for llama.cpp's names. */
  static final String GGUF =
      """
      vision.embedding                      mm.embedding.weight
      vision.hardNorm                       mm.hard_emb_norm.weight
      vision.softNorm                       mm.soft_emb_norm.weight
      vision.projection                     mm.input_projection.weight
      prefix                                v.
      """
          + TOWER.replace("@blocks.", "@blk.");

  private VisionNames() {}
}
