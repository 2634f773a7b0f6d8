package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Gemma 3n with images and sounds, on every backend, held to the reference: every stage of the
 * vision encoder, embeddings, streams, blocks, logits, and the tokens of greedy decoding. The
 * models start from what the reference's front ends made of the media.
 */
class Gemma3nMediaGoldenTest {
  private interface Check {
    void run(GoldenCase golden, LanguageModel model, Backend backend);
  }

  @TestFactory
  Stream<DynamicTest> picturesBecomeTheRowsOfTheReference() {
    return eachPrompt("pixel_values", Gemma3nMediaGoldenTest::checkVision);
  }

  @TestFactory
  Stream<DynamicTest> promptsWithPictures() {
    return eachPrompt("pixel_values", Gemma3nMediaGoldenTest::checkPrompt);
  }

  @TestFactory
  Stream<DynamicTest> promptsWithSounds() {
    return eachPrompt("audio_features", Gemma3nMediaGoldenTest::checkPrompt);
  }

  /** Every prompt with such input, alone. */
  private static Stream<DynamicTest> eachPrompt(String input, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : GoldenCase.folders(TestFiles.golden("gemma3n"))) {
      for (GoldenCase.Prompt prompt : GoldenCase.prompts(folder)) {
        GoldenCase golden = golden(folder, prompt);
        if (golden.tensor(prompt.name() + "." + input).isPresent()) {
          FamiliesGoldenTest.BACKENDS.forEach((name, maker) ->
              tests.add(
                  dynamicTest(
                      "%s, %s, %s".formatted(golden.name(), prompt.name(), name),
                      () -> {
                        try (Backend backend = maker.get();
                            LanguageModel model =
                                Models.load(golden.weights(), backend, Progress.NONE)) {
                          check.run(golden, model, backend);
                        }
                      })));
        }
      }
    }
    return tests.stream();
  }

  private static GoldenCase golden(Path folder, GoldenCase.Prompt prompt) {
    return new GoldenCase(
        "gemma3n/" + folder.getFileName(),
        folder.resolve("hf"),
        folder.resolve("expected.safetensors"),
        GoldenCase.json(folder.resolve("expected.json")).required("tolerance"),
        List.of(prompt));
  }

  private static String name(GoldenCase golden, String tensor) {
    return golden.prompts().getFirst().name() + "." + tensor;
  }

  private static float[] values(GoldenCase golden, String tensor) {
    return golden.tensor(name(golden, tensor)).orElseThrow();
  }

  private static MediaInput.Picture picture(GoldenCase golden) {
    try (Checkpoint expected = Checkpoints.open(golden.expected())) {
      List<Long> shape = expected.entry(name(golden, "pixel_values")).shape();
      return new MediaInput.Picture(
          values(golden, "pixel_values"),
          Math.toIntExact(shape.get(1)),
          Math.toIntExact(shape.get(2)));
    }
  }

  private static void checkVision(GoldenCase golden, LanguageModel model, Backend backend) {
    assertThat(model.info().media()).contains(MediaKind.IMAGE);
    Set<String> seen = new TreeSet<>();
    try (Ops ops = backend.open()) {
      model.encode(
          ops,
          picture(golden),
          (stage, layer, x) -> {
            seen.add(name(golden, stage));
            String kind = stage.startsWith("vision.block") ? "vision.block" : stage;
            float[] found = stage.equals("vision.output") ? x.toArray() : planar(x);
            Goldens.close(stage, found, values(golden, stage), golden.tolerance(kind));
          });
    }
    try (Checkpoint expected = Checkpoints.open(golden.expected())) {
      assertThat(seen)
          .containsAll(
              expected.names().stream().filter(each -> each.contains(".vision.")).toList());
    }
  }

  /** [H·W, C] → [C, H, W], as the reference records images. */
  private static float[] planar(Tensor x) {
    float[] rows = x.toArray();
    float[] planes = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      planes[i % x.size(1) * x.size(0) + i / x.size(1)] = rows[i];
    }
    return planes;
  }

  /** The prompt with the reference's own continuation in one step, as in FamiliesGoldenTest. */
  private static void checkPrompt(GoldenCase golden, LanguageModel model, Backend backend) {
    GoldenCase.Prompt prompt = golden.prompts().getFirst();
    int[] ids = prompt.ids();
    int[] greedy = golden.greedy(prompt);
    int[] rows = Arrays.copyOf(ids, ids.length + greedy.length - 1);
    System.arraycopy(greedy, 0, rows, ids.length, greedy.length - 1);
    Past past = Past.packed(rows.length);
    try (Ops ops = backend.open()) {
      Tensor inputs = inputs(golden, model, ops, rows);
      Goldens.check(golden, "embeddings", "embeddings", inputs, past);
      Tap tap =
          (name, layer, x) ->
              Goldens.check(golden, name, layer < 0 ? name : name + "." + layer, x, past);
      Tensor logits = model.logits(ops, model.decode(ops, rows, inputs, past, tap));
      Goldens.check(golden, "logits", "logits", logits, past);
      int[] best = new int[greedy.length];
      for (int i = 0; i < best.length; i++) {
        best[i] = Goldens.best(logits, ids.length - 1 + i);
      }
      assertThat(best).isEqualTo(greedy);
    }
  }

  /** The rows of tokens, with those of the placeholders replaced. */
  private static Tensor inputs(GoldenCase golden, LanguageModel model, Ops ops, int[] ids) {
    boolean isPicture = golden.tensor(name(golden, "pixel_values")).isPresent();
    String placeholder = isPicture ? "image_token_id" : "audio_token_id";
    int id = GoldenCase.json(golden.weights().resolve("config.json")).path(placeholder).intValue();
    int[] places = IntStream.range(0, ids.length).filter(i -> ids[i] == id).toArray();
    Tensor rows = isPicture ? model.encode(ops, picture(golden)) : sound(golden, model, ops);
    return ops.place(model.embed(ops, ids), places, rows);
  }

  /**
   * The rows of a sound. Of a padded one the reference hears the padding too, which nobody else
   * sends: what it made of that is taken from it.
   */
  private static Tensor sound(GoldenCase golden, LanguageModel model, Ops ops) {
    try (Checkpoint expected = Checkpoints.open(golden.expected())) {
      List<Long> shape = expected.entry(name(golden, "audio_features")).shape();
      int frames = Math.toIntExact(shape.get(0));
      int width = Math.toIntExact(shape.get(1));
      int valid = Arrays.stream(golden.wholes(name(golden, "audio_mask"))).sum();
      float[] features = Arrays.copyOf(values(golden, "audio_features"), valid * width);
      Tensor rows = model.encode(ops, new MediaInput.Sound(features, width, valid));
      if (valid == frames) {
        return rows;
      }
      int last = Math.ceilDiv(valid, 16) - 1;
      float[] output = values(golden, "audio.output");
      int size = rows.size(1);
      float[] row = Arrays.copyOfRange(output, last * size, (last + 1) * size);
      return ops.place(rows, new int[] {last}, ops.tensor(Shape.of(1, size), row));
    }
  }

  @Test
  void aPictureWhoseSidesAreNoMultiples() {
    try (Backend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(TestFiles.golden("gemma3n/vision/hf"), backend, Progress.NONE);
        Ops ops = backend.open()) {
      MediaInput picture = new MediaInput.Picture(new float[3 * 96 * 80], 96, 80);
      assertThatThrownBy(() -> model.encode(ops, picture))
          .hasMessage(
              "vision: expected an image whose sides are multiples of 2 after 16-fold reduction,"
                  + " found 5 x 6");
    }
  }
}
