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
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each model makes of the goldens' sounds, stage by stage, on every backend.
 *
 * <p>The shared goldens of Gemma 4's tower were made with an attention that turns its mask around:
 * see {@code golden/gemma4-audio/README.md} for the states with the mask as it is meant, which
 * stand in for theirs here. Where there are none, only what comes before the attention is compared.
 */
class SoundGoldenTest {
  private static final Map<String, Supplier<Backend>> BACKENDS =
      Map.of("reference", ReferenceBackend::new, "simd", () -> new SimdBackend(2));

  /** Where the states with Gemma 4's mask as it is meant are. */
  private static final String MEANT_FOLDER = "/golden/gemma4-audio/";

  /** Rows of the decoder for one of Gemma 3n's conformer. */
  private static final int REDUCTION = 4;

  @Test
  void theGoldensHaveSounds() {
    assertThat(folders().map(folder -> folder.getParent().getFileName().toString()))
        .contains("gemma3n", "gemma4", "gemma4_unified");
  }

  @TestFactory
  Stream<DynamicTest> soundsBecomeTheRowsOfTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    folders()
        .forEach(folder ->
            BACKENDS.forEach((name, maker) ->
                tests.add(
                    dynamicTest(
                        folder.getParent().getFileName() + "/" + folder.getFileName() + ", " + name,
                        () -> check(folder, maker)))));
    return tests.stream();
  }

  /** The tower of a projector that llama.cpp wrote, beside a decoder of the same size. */
  @Test
  void aProjectorsTowerIsThatOfItsFolder() throws URISyntaxException {
    Path folder = TestFiles.golden("gemma4/mixed");
    URL projector = SoundGoldenTest.class.getResource(MEANT_FOLDER + "mmproj-f32.gguf");
    Path decoder = TestFiles.golden("gemma4/e2b-like/model-f32.gguf");
    for (Supplier<Backend> maker : BACKENDS.values()) {
      try (Backend backend = maker.get();
          LanguageModel model =
              Models.load(
                  Models.open(decoder, Path.of(projector.toURI())), backend, Progress.NONE)) {
        check(folder, model, backend);
      }
    }
  }

  /** Gemma 3n: as many rows for every sound; those behind it are that of the last sound token. */
  @Test
  void aShortSoundIsFilledUpAndALongOneRefused() {
    Path folder = TestFiles.golden("gemma3n/audio");
    try (Backend backend = new ReferenceBackend();
        LanguageModel model = Models.load(folder.resolve("hf"), backend, Progress.NONE);
        Checkpoint expected = Checkpoints.open(folder.resolve("expected.safetensors"))) {
      try (Ops ops = backend.open()) {
        float[] values = expected.entry("audio.audio_features").values();
        Tensor rows = model.encode(ops, new MediaInput.Sound(values, 128, values.length / 128));
        float[] embeddings = expected.entry("audio.embeddings").values();
        int first = 8 * rows.size(1); // of the prompt's ids, the ninth is the first placeholder
        Goldens.close(
            "rows in their places",
            rows.toArray(),
            Arrays.copyOfRange(embeddings, first, first + rows.elements()),
            1e-4f); // the case's tolerance of embeddings
        assertThat(rows.size(0)).isEqualTo(12);
      }
      refused(
          model,
          backend,
          new MediaInput.Sound(new float[128 * 200], 128, 200),
          "the tower hears at most 12 rows of a sound, found 200 frames of 128 values, which are 13."
              + " Send a shorter one");
      refused(
          model,
          backend,
          new MediaInput.Sound(new float[0], 128, 0),
          "the tower reads sounds of at least one frame, found 0 frames of 128 values");
      refused(
          model,
          backend,
          new MediaInput.Sound(new float[80], 80, 1),
          "encode: this gemma3n model reads text and [AUDIO], found 1 frames of 80 values");
    }
  }

  private static void refused(
      LanguageModel model, Backend backend, MediaInput.Sound sound, String message) {
    try (Ops ops = backend.open()) {
      assertThatThrownBy(() -> model.encode(ops, sound))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  private static Stream<Path> folders() {
    try (Stream<Path> found = Files.walk(TestFiles.golden("."), 3)) {
      return found
          .filter(file -> file.endsWith("expected.safetensors"))
          .map(Path::getParent)
          .filter(SoundGoldenTest::hasSounds)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasSounds(Path folder) {
    try (Checkpoint expected = Checkpoints.open(folder.resolve("expected.safetensors"))) {
      return expected.names().stream().anyMatch(name -> name.endsWith(".audio.output"));
    }
  }

  private static void check(Path folder, Supplier<Backend> maker) {
    try (Backend backend = maker.get();
        LanguageModel model = Models.load(folder.resolve("hf"), backend, Progress.NONE)) {
      check(folder, model, backend);
    }
  }

  private static void check(Path folder, LanguageModel model, Backend backend) {
    JsonNode tolerance =
        JsonMapper.shared().readTree(folder.resolve("expected.json")).path("tolerance");
    assertThat(model.info().media()).contains(MediaKind.AUDIO);
    try (Checkpoint expected = Checkpoints.open(folder.resolve("expected.safetensors"))) {
      for (String name : expected.names()) {
        if (name.endsWith(".audio_features")) {
          String prompt = name.substring(0, name.indexOf('.'));
          new Stages(folder, expected, tolerance, prompt).check(model, backend);
        }
      }
    }
  }

  /** The stages of one prompt's sounds, whose rows follow one another. */
  private static final class Stages {
    private final Path folder;
    private final Checkpoint expected;
    private final JsonNode tolerance;
    private final String prompt;
    private final Map<String, Integer> seen = new TreeMap<>();

    Stages(Path folder, Checkpoint expected, JsonNode tolerance, String prompt) {
      this.folder = folder;
      this.expected = expected;
      this.tolerance = tolerance;
      this.prompt = prompt;
    }

    void check(LanguageModel model, Backend backend) {
      var features = expected.entry(prompt + ".audio_features");
      int width = features.shape().get(1).intValue();
      int from = 0;
      for (int frames : clips(features.shape().get(0).intValue())) {
        float[] values =
            Arrays.copyOfRange(features.values(), from * width, (from + frames) * width);
        from += frames;
        int valid = frames;
        try (Ops ops = backend.open()) {
          Tap tap = (name, layer, x) -> see(layer < 0 ? name : name + "." + layer, x, valid);
          model.encode(ops, new MediaInput.Sound(values, width, frames), tap);
        }
      }
      seen.forEach((name, rows) -> assertThat(rows).as(name).isPositive());
      assertThat(seen).containsKey("audio.output");
    }

    /** Frames of each clip: as recorded, or those that the mask calls valid. */
    private int[] clips(int frames) {
      if (expected.contains(prompt + ".frames_per_clip")) {
        return ints(prompt + ".frames_per_clip");
      }
      return new int[] {
        expected.contains(prompt + ".audio_mask")
            ? Arrays.stream(ints(prompt + ".audio_mask")).sum()
            : frames
      };
    }

    private int[] ints(String name) {
      return expected.entry(name).data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }

    private void see(String stage, Tensor x, int valid) {
      String theirs = spelled(stage);
      int first = seen.getOrDefault(stage, 0);
      seen.put(stage, first + x.size(0));
      int rows = x.size(0) - tainted(stage, x.size(0), valid);
      int width = x.size(1);
      states(theirs)
          .ifPresent(all ->
              Goldens.close(
                  prompt + "." + theirs,
                  Arrays.copyOf(x.toArray(), rows * width),
                  Arrays.copyOfRange(all, first * width, (first + rows) * width),
                  tolerance.required(theirs.replaceFirst("\\.\\d+$", "")).floatValue()));
    }

    /** What a stage has to be, if it is known. */
    private Optional<float[]> states(String stage) {
      String name = prompt + "." + stage;
      if (!folder.getParent().endsWith("gemma4") || stage.equals("audio.subsampled")) {
        return Optional.of(expected.entry(name).values());
      }
      URL meant =
          SoundGoldenTest.class.getResource(MEANT_FOLDER + folder.getFileName() + ".safetensors");
      if (meant == null) {
        return Optional.empty();
      }
      try (Checkpoint states = Checkpoints.open(Path.of(URI.create(meant.toString())))) {
        return Optional.of(states.entry(name).values());
      }
    }

    /** Gemma 3n's goldens call two stages something else. */
    private String spelled(String stage) {
      return expected.contains(prompt + "." + stage)
          ? stage
          : stage.replace("subsampled", "subsample").replace("encoded", "encoder");
    }

    /**
     * How many of the last rows the reference made of padding too, which Gemma 3n's convolutions
     * see behind a sound that is padded: row r sees features 4r to 4r + 6.
     */
    private int tainted(String stage, int rows, int valid) {
      boolean padded =
          expected.contains(prompt + ".audio_mask") && ints(prompt + ".audio_mask").length > valid;
      if (!padded) {
        return 0;
      }
      boolean reduced = stage.equals("audio.encoded") || stage.equals("audio.output");
      int step = reduced ? 4 * REDUCTION : 4;
      int tainted = 0;
      while (step * (rows - 1 - tainted) + 6 >= valid) {
        tainted++;
      }
      return tainted;
    }
  }
}
