package ai.pollux.train.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.MediaInput;
import ai.pollux.tensor.Past;
import ai.pollux.train.data.encode.PlacedInput;
import ai.pollux.train.data.encode.Sequence;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static Sequence sequence(String source, int length, PlacedInput... media) {
    int[] targets = new int[length];
    java.util.Arrays.fill(targets, Sequence.NOT_LEARNED);
    return new Sequence(source, new int[length], targets, List.of(media));
  }

  @Test
  void rowsOfAPictureSeeEachOtherAndThoseOfASoundDoNot() {
    MediaInput picture = new MediaInput.Patches(new float[3], 1, new int[3], new int[3]);
    MediaInput sound = new MediaInput.Sound(new float[2], 1, 2);
    Batch batch =
        Batch.of(
            List.of(
                sequence("a", 2),
                sequence("b", 8, new PlacedInput(picture, 1, 3), new PlacedInput(sound, 5, 2))));
    assertThat(batch.media().stream().map(PlacedInput::row)).containsExactly(3, 7);
    assertThat(batch.tokensBySource()).containsEntry("a", 2).containsEntry("b", 8);
    Past past = batch.past();
    assertThat(past.rows()).isEqualTo(10);
    assertThat(past.firstRow(1)).isEqualTo(2);
    assertThat(IntStream.range(0, 10).map(past::position))
        .containsExactly(0, 1, 0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(IntStream.range(0, 10).map(past::lastVisible))
        .containsExactly(0, 1, 0, 3, 3, 3, 4, 5, 6, 7);
  }

  @Test
  void thePackerTakesTheOldestAndThenTheLongestThatFit() {
    Packer packer = new Packer(100);
    assertThat(packer.choose(List.of(30, 80, 60, 10, 9))).containsExactly(0, 2, 3);
    assertThat(packer.choose(List.of(100, 1))).containsExactly(0);
    assertThat(packer.choose(List.of())).isEmpty();
  }
}
