package ai.pollux.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.families.Models;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MediaInputTest {
  private static float[] random(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static MediaInput.Patches patches(int width, int... columns) {
    int[] rows = new int[columns.length];
    return new MediaInput.Patches(random(width * columns.length), width, columns, rows);
  }

  @Test
  void modelsWithoutATowerEncodeSeveralMediaAsOne() {
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(
                TestFiles.golden("gemma4_unified/mixed/hf"), backend, (name, done, total) -> {});
        Ops ops = backend.open()) {
      List<List<MediaInput>> both =
          List.of(
              List.of(patches(432, 0, 1, 2), patches(432, 0, 1)),
              List.of(
                  new MediaInput.Sound(random(1280), 640, 2),
                  new MediaInput.Sound(random(640), 640, 1)));
      for (List<MediaInput> inputs : both) {
        assertThat(model.isRowByRow(inputs.getFirst())).isTrue();
        float[] joined = model.encode(ops, MediaInput.join(inputs)).toArray();
        float[] first = model.encode(ops, inputs.get(0)).toArray();
        float[] second = model.encode(ops, inputs.get(1)).toArray();
        assertThat(joined).startsWith(first).endsWith(second);
        assertThat(joined).hasSize(first.length + second.length);
      }
    }
  }

  @Test
  void modelsWithATowerDoNot() {
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(TestFiles.golden("gemma4/vision/hf"), backend, (name, done, total) -> {})) {
      assertThat(model.isRowByRow(patches(48, 0, 1, 2))).isFalse();
    }
  }

  @Test
  void refusesToJoinWhatDiffers() {
    assertThatThrownBy(() -> MediaInput.join(List.of(patches(3, 0), patches(12, 0))))
        .hasMessage(
            "join: expected input like 1 patches of 3 values, found 1 patches of 12 values");
    assertThatThrownBy(
            () -> MediaInput.join(List.of(new MediaInput.Sound(random(3), 3, 1), patches(3, 0))))
        .hasMessageContaining("found 1 patches of 3 values");
    assertThatThrownBy(() -> MediaInput.join(List.of(new MediaInput.Picture(random(3), 1, 1))))
        .hasMessage("join: expected patches or sounds, found a picture of 1 x 1");
  }
}
