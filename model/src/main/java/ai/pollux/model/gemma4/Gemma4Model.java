package ai.pollux.model.gemma4;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.Tap;
import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.Head;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * Gemma 4.
 *
 * @param perLayer what each block gets besides
 * @param release what closing it does
 */
record Gemma4Model(
    ModelInfo info,
    Embedding embedding,
    PerLayer perLayer,
    Gemma4Block[] blocks,
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
    Tensor own = perLayer.inputs(ops, ids, inputs); // [T, L·P]
    int mark = ops.mark();
    // The latest keys and values of each kind of block. The first block of a kind makes its own, so
    // what these start with is never read.
    Tensor localKeys = inputs;
    Tensor localValues = inputs;
    Tensor globalKeys = inputs;
    Tensor globalValues = inputs;
    Tensor x = inputs; // [T, D]
    for (int i = 0; i < blocks.length; i++) {
      Gemma4Block block = blocks[i];
      Tensor normed = block.attentionNorm().apply(ops, x);
      if (block.ownsKeys()) {
        KeyValues source = block.keyValues();
        Tensor projected = source.project(ops, normed); // [T, G·K]
        Tensor keys = source.keys(ops, projected, past); // [T, G, K]
        Tensor values = source.values(ops, normed, projected); // [T, G, K]
        localKeys = block.isLocal() ? keys : localKeys;
        localValues = block.isLocal() ? values : localValues;
        globalKeys = block.isLocal() ? globalKeys : keys;
        globalValues = block.isLocal() ? globalValues : values;
      }
      Tensor keys = block.isLocal() ? localKeys : globalKeys;
      Tensor values = block.isLocal() ? localValues : globalValues;
      x = block.apply(ops, x, normed, keys, values, past);
      x = ops.scale(perLayer.apply(ops, i, x, own), block.scale());
      if (block.lendsKeys()) {
        mark = ops.mark(); // what it made stays until the end of the step
      } else {
        x = ops.release(mark, x);
      }
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
