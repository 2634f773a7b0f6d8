package ai.pollux.model.gemma4.audio;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.conformer.Conformer;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.Set;

/**
 * A conformer over mel features, and the way to the decoder's size: a row for 40 milliseconds.
 *
 * @param output from the conformer's size to the projector's
 */
record AudioTower(Conformer conformer, Linear output, Projector projector) implements MediaEncoder {
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
    Tensor encoded = output.apply(ops, conformer.apply(ops, input, tap)); // [n, I]
    tap.see("audio.encoded", -1, encoded);
    Tensor rows = ops.release(mark, projector.apply(ops, encoded)); // [n, D]
    tap.see("audio.output", -1, rows);
    return rows;
  }
}
