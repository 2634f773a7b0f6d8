package ai.pollux.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.model.synthetic.SyntheticProjector.Towers;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticProjectorTest {
  private static final Towers TINY = new Towers(32, 2, 2, 48, 4, 16, 32, 2, 2, 24);

  /** With per-layer embeddings, as E2B. */
  private static final ModelShape SMALL =
      new ModelShape("tiny", Family.GEMMA4, 64, 6, 4, 1, 1, 16, 32, 96, 608, 512, 8, 3, 16, 3);

  /** Without, and with keys that are values, as the 12B. */
  private static final ModelShape UNIFIED =
      new ModelShape("tiny", Family.GEMMA4, 64, 6, 4, 2, 1, 16, 32, 96, 608, 512, 8, 3, 0, 0);

  @TempDir private Path folder;

  @Test
  void towersReadPatchesAndMelFeatures() {
    check(SMALL, patches(48), new MediaInput.Sound(new float[128 * 40], 128, 40), 10);
  }

  @Test
  void embeddersReadMergedPatchesAndSamples() {
    check(UNIFIED, patches(3 * 12 * 12), new MediaInput.Sound(new float[640 * 2], 640, 2), 2);
  }

  /** A square of 3 · 3 patches, which a tower pools to one row. */
  private static MediaInput.Patches patches(int width) {
    return new MediaInput.Patches(
        new float[9 * width],
        width,
        IntStream.range(0, 9).map(i -> i % 3).toArray(),
        IntStream.range(0, 9).map(i -> i / 3).toArray());
  }

  private void check(ModelShape shape, MediaInput image, MediaInput sound, int rows) {
    try (Backend backend = new ReferenceBackend();
        LanguageModel model = Models.load(write(shape), backend, Progress.NONE);
        Ops ops = backend.open()) {
      assertThat(model.info().media())
          .isEqualTo(Set.of(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO));
      assertThat(model.encode(ops, image).size(1)).isEqualTo(64);
      Tensor heard = model.encode(ops, sound);
      assertThat(heard.size(0)).isEqualTo(rows);
      for (float value : heard.toArray()) {
        assertThat(value).isFinite();
      }
    }
  }

  /** The decoder, with its projector beside it. */
  private Path write(ModelShape shape) {
    Path file = folder.resolve("tiny.gguf");
    SyntheticModel.write(file, shape, Formats.Q8_0, 1, GgufWriter.Progress.NONE);
    Path projector = folder.resolve("mmproj-tiny.gguf");
    SyntheticProjector.write(projector, shape, TINY, Formats.F16, 1, GgufWriter.Progress.NONE);
    return file;
  }

  @Test
  void tensorsAreThoseThatTheConverterWrites() {
    Path golden = Path.of("src/test/resources/golden/mmproj");
    assertThat(names(write(UNIFIED).resolveSibling("mmproj-tiny.gguf"), ""))
        .isEqualTo(names(golden.resolve("gemma4-unified/mmproj-f32.gguf"), ""));
    Set<String> tower = names(golden.resolve("gemma4-clipped/mmproj-f32.gguf"), "v.");
    tower.removeIf(name -> name.endsWith("put_min") || name.endsWith("put_max")); // bounds
    assertThat(names(write(SMALL).resolveSibling("mmproj-tiny.gguf"), "v.")).isEqualTo(tower);
  }

  private static Set<String> names(Path file, String prefix) {
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      return checkpoint.names().stream()
          .filter(name -> name.startsWith(prefix))
          .collect(Collectors.toSet());
    }
  }
}
