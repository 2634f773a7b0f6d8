package ai.pollux.model.gemma3n;

import ai.pollux.model.nn.MediaEmbedder;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/**
 * The tokens of one kind of media, which have rows in its table instead of the decoder's.
 *
 * @param first the first of them
 */
record HardTokens(MediaEmbedder embedder, int first) {
  /** The rows of tokens, with those of these tokens in their places: [T, D] → [T, D]. */
  Tensor replace(Ops ops, int[] ids, Tensor rows) {
    int count = 0;
    for (int id : ids) {
      count += covers(id) ? 1 : 0;
    }
    if (count == 0) {
      return rows;
    }
    int[] places = new int[count];
    int[] own = new int[count];
    for (int row = ids.length - 1; row >= 0; row--) {
      if (covers(ids[row])) {
        count--;
        places[count] = row;
        own[count] = ids[row] - first;
      }
    }
    return ops.place(rows, places, embedder.hard(ops, own));
  }

  private boolean covers(int id) {
    return id >= first && id < first + embedder.table().out();
  }
}
