package ai.pollux.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.model.synthetic.SyntheticProjector.Towers;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.simd.SimdBackend;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What encoders say they take is what they take: a plan of memory counts on it. */
class WorkingMemoryTest {
  private static final ModelShape SHAPE =
      new ModelShape("tiny", Family.GEMMA4, 64, 6, 4, 1, 1, 16, 32, 96, 608, 512, 8, 3, 16, 3);

  /** Little to compute, but as wide to deep as the published towers. */
  private static final Towers TOWERS = new Towers(64, 1, 1, 256, 4, 128, 64, 1, 2, 48);

  /** 1120 tokens of 9 patches. */
  private static final int COLUMNS = 120;

  private static final int PATCHES = 120 * 84;

  @TempDir private Path folder;

  @Test
  void theLargestPictureStaysWithinWhatWasSaidAndTheLongestSoundIsIt() {
    MediaInput picture =
        new MediaInput.Patches(
            new float[PATCHES * 48],
            48,
            IntStream.range(0, PATCHES).map(i -> i % COLUMNS).toArray(),
            IntStream.range(0, PATCHES).map(i -> i / COLUMNS).toArray());
    MediaInput sound = new MediaInput.Sound(new float[3000 * 128], 128, 3000);
    Path file = folder.resolve("tiny.gguf");
    SyntheticModel.write(file, SHAPE, Formats.Q8_0, 1, GgufWriter.Progress.NONE);
    SyntheticProjector.write(
        folder.resolve("mmproj-tiny.gguf"),
        SHAPE,
        TOWERS,
        Formats.F16,
        1,
        GgufWriter.Progress.NONE);
    // Bounded matrices, which these towers have not, would make half of a picture's tensors more;
    // memory comes in slabs, of which tensors leave a part empty.
    Taken seen = taken(file, picture);
    Taken heard = taken(file, sound);
    assertThat(seen.said()).isEqualTo(heard.said());
    assertThat(seen.found()).isLessThan(seen.said());
    assertThat(heard.found()).isBetween(heard.said() * 2 / 3, heard.said() * 5 / 4);
  }

  /** Bytes that an encoder was said to take, and by which a backend's memory grew. */
  private record Taken(long said, long found) {}

  private static Taken taken(Path file, MediaInput input) {
    try (SimdBackend backend = new SimdBackend(2);
        Checkpoint checkpoint = Models.open(file);
        LanguageModel model = Models.load(file, backend, Progress.NONE)) {
      assertThat(Models.inspect(checkpoint).encoderBytes())
          .as("before weights are touched")
          .isEqualTo(model.info().encoderBytes());
      long before = backend.nativeBytes();
      try (Ops ops = backend.open()) {
        model.encode(ops, input);
      }
      return new Taken(model.info().encoderBytes(), backend.nativeBytes() - before);
    }
  }
}
