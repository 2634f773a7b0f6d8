package ai.pollux.model.gemma3n.audio;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.conformer.Conformer;
import ai.pollux.model.nn.MediaEmbedder;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A conformer over mel features, and the way to the decoder's size: a row for 160 milliseconds, and
 * always as many rows, of which those behind the sound are that of the last token for sounds.
 *
 * @param reduction rows of the conformer for one of the tower
 * @param rows how many rows stand for a sound
 */
record AudioTower(Conformer conformer, int reduction, MediaEmbedder embedder, int rows)
    implements MediaEncoder {
  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.AUDIO);
  }

  @Override
  public long workingBytes() {
    return conformer.workingBytes();
  }

  @Override
  public boolean reads(MediaInput input) {
    return conformer.reads(input);
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    int mark = ops.mark();
    Tensor all = conformer.apply(ops, input, tap); // [T', I]
    int count = Math.ceilDiv(all.size(0), reduction);
    if (count > rows) {
      throw new IllegalArgumentException(
          "the tower hears at most %d rows of a sound, found %s, which are %d. Send a shorter one"
              .formatted(rows, input, count));
    }
    int[] taken = IntStream.range(0, count).map(row -> row * reduction).toArray();
    Tensor encoded = ops.rows(all, taken); // [n, I]
    tap.see("audio.encoded", -1, encoded);
    Tensor sound = embedder.soft(ops, encoded); // [n, D]
    tap.see("audio.output", -1, sound);
    Tensor padding = embedder.hard(ops, embedder.table().out() - 1); // [1, D]
    Tensor padded = ops.rows(padding, new int[rows]); // [rows, D]
    int[] first = IntStream.range(0, count).toArray();
    return ops.release(mark, ops.place(padded, first, sound));
  }
}
