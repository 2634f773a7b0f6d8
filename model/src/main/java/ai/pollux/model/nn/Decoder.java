package ai.pollux.model.nn;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * The whole model of a family whose blocks need nothing but what the block before returned:
 * embedding, blocks, norm, head.
 *
 * @param release what closing it does
 */
public record Decoder(
    ModelInfo info,
    Embedding embedding,
    Block[] blocks,
    Norm finalNorm,
    Head head,
    Runnable release)
    implements LanguageModel {

  @Override
  public Tensor embed(Ops ops, int[] ids) {
    return embedding.apply(ops, ids);
  }

  @Override
  public Tensor decode(Ops ops, int[] ids, Tensor inputs, Past past, Tap tap) {
    Expect.columns("decoder", inputs, info.hiddenSize());
    int mark = ops.mark();
    Tensor x = inputs; // [T, D]
    for (int i = 0; i < blocks.length; i++) {
      x = ops.release(mark, blocks[i].apply(ops, x, past));
      tap.see("block", i, x);
    }
    Tensor hidden = finalNorm.apply(ops, x);
    tap.see("final_norm", -1, hidden);
    return hidden;
  }

  @Override
  public Tensor logits(Ops ops, Tensor hidden) {
    return head.apply(ops, hidden);
  }

  @Override
  public void close() {
    release.run();
  }
}
