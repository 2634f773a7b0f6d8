package ai.pollux.model.gemma3n;

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
 * Gemma 3n.
 *
 * @param hardTokens those of media, which have tables of their own
 * @param perLayer what each block gets besides
 * @param streams the way into the blocks and out of them
 * @param release what closing it does
 */
record Gemma3nModel(
    ModelInfo info,
    Embedding embedding,
    HardTokens[] hardTokens,
    PerLayer perLayer,
    Streams streams,
    Gemma3nBlock[] blocks,
    Norm finalNorm,
    Head head,
    Runnable release)
    implements LanguageModel {

  @Override
  public Tensor embed(Ops ops, int[] ids) {
    Tensor rows = embedding.apply(ops, ids); // [T, D]
    for (HardTokens each : hardTokens) {
      rows = each.replace(ops, ids, rows);
    }
    return rows;
  }

  @Override
  public Tensor decode(Ops ops, int[] ids, Tensor inputs, Past past, Tap tap) {
    Tensor own = perLayer.inputs(ops, ids, inputs); // [T, L·P]
    tap.see("per_layer_inputs", -1, own);
    int mark = ops.mark();
    // The latest keys and values of each kind of block. The first block of a kind makes its own, so
    // what these start with is never read.
    Tensor localKeys = inputs;
    Tensor localValues = inputs;
    Tensor globalKeys = inputs;
    Tensor globalValues = inputs;
    Tensor x = ops.release(mark, streams.expand(ops, inputs)); // [T, S, D]
    tap.see("streams.initial", -1, x);
    for (int i = 0; i < blocks.length; i++) {
      Gemma3nBlock block = blocks[i];
      Tensor predictions = block.altUp().predict(ops, x);
      Tensor active = block.altUp().active(ops, predictions); // [T, D]
      Tensor normed = block.attentionNorm().apply(ops, active);
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
      Tensor computed = block.compute(ops, active, normed, keys, values, past);
      Tensor p = ops.columns(own, i * perLayer.size(), perLayer.size()); // [T, P]
      x = block.update(ops, predictions, active, computed, p);
      if (block.lendsKeys()) {
        mark = ops.mark(); // what it made stays until the end of the step
      } else {
        x = ops.release(mark, x);
      }
      tap.see("streams", i, x);
      tap.see("block", i, block.altUp().active(ops, x));
    }
    Tensor hidden = finalNorm.apply(ops, streams.merge(ops, x));
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
