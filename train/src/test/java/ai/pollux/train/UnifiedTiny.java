package ai.pollux.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.Tap;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import ai.pollux.testkit.TestFiles;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden batch: two packed sequences, one of them with an image and a sound. */
final class UnifiedTiny {
  static final Path FOLDER = TestFiles.golden("training/unified-tiny");
  private static final int IMAGE = 590;
  private static final int SOUND = 591;

  final int[] ids;
  final int[] rows;
  final int[] labels;
  private final int[] lengths;
  private final MediaInput image;
  private final MediaInput sound;

  private UnifiedTiny(int[] ids, int[] next, int[] lengths, MediaInput image, MediaInput sound) {
    this.ids = ids;
    this.lengths = lengths;
    this.image = image;
    this.sound = sound;
    rows = IntStream.range(0, next.length).filter(row -> next[row] >= 0).toArray();
    labels = Arrays.stream(rows).map(row -> next[row]).toArray();
  }

  /** Both sequences. */
  static UnifiedTiny whole() {
    return part(0, 2);
  }

  /** Some of the sequences. */
  static UnifiedTiny part(int from, int end) {
    try (Checkpoint batch = Checkpoints.open(FOLDER.resolve("batch.safetensors"))) {
      int[] ids = ints(batch, "input_ids");
      int[] sequences = ints(batch, "sequence_ids");
      int[] labels = ints(batch, "labels");
      int[] next = new int[ids.length];
      for (int row = 0; row < ids.length; row++) {
        next[row] = row + 1 < ids.length ? labels[row + 1] : -1;
      }
      int[] chosen =
          IntStream.range(0, ids.length)
              .filter(row -> sequences[row] >= from && sequences[row] < end)
              .toArray();
      return new UnifiedTiny(
          Arrays.stream(chosen).map(row -> ids[row]).toArray(),
          Arrays.stream(chosen).map(row -> next[row]).toArray(),
          IntStream.range(from, end)
              .map(s -> (int) Arrays.stream(sequences).filter(each -> each == s).count())
              .toArray(),
          image(batch),
          sound(batch));
    }
  }

  private static MediaInput image(Checkpoint batch) {
    float[] pixels = batch.entry("pixel_values").values();
    int[] places = ints(batch, "image_position_ids");
    int width = batch.entry("pixel_values").shape().getLast().intValue();
    int count = (int) IntStream.range(0, places.length / 2).filter(i -> places[2 * i] >= 0).count();
    return new MediaInput.Patches(
        Arrays.copyOf(pixels, count * width),
        width,
        IntStream.range(0, count).map(i -> places[2 * i]).toArray(),
        IntStream.range(0, count).map(i -> places[2 * i + 1]).toArray());
  }

  private static MediaInput sound(Checkpoint batch) {
    float[] frames = batch.entry("input_features").values();
    int width = batch.entry("input_features").shape().getLast().intValue();
    int count = Arrays.stream(ints(batch, "input_features_mask")).sum();
    return new MediaInput.Sound(Arrays.copyOf(frames, count * width), width, count);
  }

  static int[] ints(Checkpoint file, String name) {
    return file.entry(name).data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
  }

  static JsonNode json(String file) {
    return JsonMapper.shared().readTree(FOLDER.resolve(file));
  }

  static float[] tensor(String file, String name) {
    try (Checkpoint checkpoint = Checkpoints.open(FOLDER.resolve(file))) {
      return checkpoint.entry(name).values();
    }
  }

  /** All values of a tensor, apart by at most a part of the largest. */
  static void close(String what, float[] expected, float[] found, double relative) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs((double) expected[i] - found[i]));
    }
    assertThat(worst).as(what).isLessThanOrEqualTo(largest * relative);
  }

  /** The final norm's rows of the whole pack: [70, 64]. */
  Tensor hidden(Ops ops, LanguageModel model) {
    Tensor inputs = model.embed(ops, padded());
    if (places(IMAGE).length > 0) {
      inputs = ops.place(inputs, places(IMAGE), model.encode(ops, image));
      inputs = ops.place(inputs, places(SOUND), model.encode(ops, sound));
    }
    return model.decode(ops, padded(), inputs, past(), Tap.NONE);
  }

  /** Logits of the rows that have a label. */
  Tensor labelled(Ops ops, LanguageModel model) {
    return model.logits(ops, ops.rows(hidden(ops, model), rows));
  }

  private int[] padded() {
    return Arrays.stream(ids).map(id -> id == IMAGE || id == SOUND ? 0 : id).toArray();
  }

  private int[] places(int id) {
    return IntStream.range(0, ids.length).filter(i -> ids[i] == id).toArray();
  }

  private Past past() {
    Past packed = Past.packed(lengths);
    int[] last = IntStream.range(0, ids.length).map(packed::position).toArray();
    for (int row = ids.length - 2; row >= 0; row--) {
      last[row] = ids[row] == IMAGE && ids[row + 1] == IMAGE ? last[row + 1] : last[row];
    }
    return packed.withLastVisible(last);
  }
}
