package ai.pollux.content.audio;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.GoldenTensors;
import ai.pollux.content.Json;
import ai.pollux.content.MediaLimits;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sound of the goldens: its samples, its frames, and how many placeholders it takes. */
final class SoundGoldenTest {
  /** What the goldens' README asks of features made from the same samples. */
  private static final float FEATURES = 2e-4f;

  /**
   * And of the same file: what {@link #compareSamples} says of the two filters, in a logarithm. In
   * the highest triangle, at 7.9 kHz, both let through 0.2 % and are 4 % apart.
   */
  private static final float RESAMPLED_FEATURES = 0.04f + FEATURES;

  @TestFactory
  Stream<DynamicTest> mel() throws IOException {
    return prompts("gemma4", SoundFrontEnd.gemma4());
  }

  @TestFactory
  Stream<DynamicTest> raw() throws IOException {
    return prompts("gemma4_unified", SoundFrontEnd.gemma4Unified());
  }

  @TestFactory
  Stream<DynamicTest> mel3n() throws IOException {
    return TestFiles.goldenCases("gemma3n").stream()
        .filter(folder -> Files.exists(folder.resolve("tone.wav")))
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName() + "", () -> check3n(folder)));
  }

  @TestFactory
  Stream<DynamicTest> processors() throws IOException {
    Path folder = TestFiles.golden("processors/default");
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("expected.safetensors"));
    Json.Obj expected = (Json.Obj) Json.parse(Files.readString(folder.resolve("expected.json")));
    return ((Json.Arr) expected.member("audio"))
        .values().stream()
            .map(Json.Obj.class::cast)
            .map(e -> DynamicTest.dynamicTest(text(e, "file"), () -> checkProcessor(e, tensors)));
  }

  private static Stream<DynamicTest> prompts(String family, SoundFrontEnd frontEnd)
      throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (Path folder : TestFiles.goldenCases(family)) {
      GoldenTensors tensors = GoldenTensors.read(folder.resolve("expected.safetensors"));
      Json.Obj input = (Json.Obj) Json.parse(Files.readString(folder.resolve("input.json")));
      for (Json prompt : ((Json.Arr) input.member("prompts")).values()) {
        String name = text((Json.Obj) prompt, "name");
        if (tensors.has(name + ".waveform.0")) {
          SoundFrontEnd own = SoundFrontEnds.of(extractor(folder));
          assertThat(own.tokens(20_800)).isEqualTo(frontEnd.tokens(20_800));
          tests.add(
              DynamicTest.dynamicTest(
                  folder.getFileName() + " " + name,
                  () -> checkPrompt((Json.Obj) prompt, tensors, own)));
        }
      }
    }
    return tests.build();
  }

  private static void checkPrompt(Json.Obj prompt, GoldenTensors tensors, SoundFrontEnd frontEnd)
      throws IOException {
    String name = text(prompt, "name") + ".";
    float[] expected = tensors.floats(name + "audio_features");
    int[] frames = tensors.ints(name + "frames_per_clip");
    List<String> files =
        ((Json.Arr) prompt.member("media"))
            .values().stream()
                .map(Json.Obj.class::cast)
                .filter(medium -> text(medium, "type").equals("audio"))
                .map(medium -> text(medium, "file"))
                .toList();
    int at = 0;
    for (int i = 0; i < frames.length; i++) {
      float[] waveform = tensors.floats(name + "waveform." + i);
      float[] samples = read(TestFiles.golden("media/" + files.get(i)));
      compareSamples(samples, waveform, files.get(i));
      SoundFeatures features = frontEnd.of(waveform);
      assertThat(features.frames()).isEqualTo(frames[i]);
      int values = features.frames() * features.width();
      float[] clip = Arrays.copyOfRange(expected, at, at + values);
      compare(features.values(), clip, FEATURES);
      compare(frontEnd.of(samples).values(), clip, RESAMPLED_FEATURES);
      at += values;
    }
    assertThat(at).isEqualTo(expected.length);
  }

  private static void check3n(Path folder) {
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("expected.safetensors"));
    float[] samples = read(folder.resolve("tone.wav"));
    SoundFrontEnd frontEnd = SoundFrontEnd.gemma3n();
    SoundFeatures features = frontEnd.of(samples);
    assertThat(features.tokens()).isEqualTo(188);
    compare(features.values(), tensors.floats("audio.audio_features"), FEATURES);
    assertThat(tensors.ints("audio.audio_mask")).hasSize(features.frames()).containsOnly(1);
    // The same sound with silence after it: 1.6 s in all, whose frames are masked in the golden.
    SoundFeatures padded = frontEnd.of(Arrays.copyOf(samples, 25_600));
    compare(padded.values(), tensors.floats("padded.audio_features"), FEATURES);
  }

  private static void checkProcessor(Json.Obj expected, GoldenTensors tensors) {
    String file = text(expected, "file");
    float[] samples = read(TestFiles.golden("media/" + file));
    Json.Obj resampled = (Json.Obj) expected.member("resampled");
    assertThat(resampled.member("shape")).isEqualTo(Json.array(Json.of(samples.length)));
    if (tensors.has(file + ".resampled")) {
      compareSamples(samples, tensors.floats(file + ".resampled"), file);
    }
    float[] waveform =
        tensors.has(file + ".resampled") ? tensors.floats(file + ".resampled") : samples;
    SoundFeatures mel = SoundFrontEnd.gemma4().of(waveform);
    Json.Obj gemma4 = (Json.Obj) expected.member("gemma4");
    assertThat(mel.frames()).isEqualTo(number(gemma4, "mel_frames"));
    assertThat(mel.tokens()).isEqualTo(number(gemma4, "tokens"));
    float[] sample = tensors.floats(file + ".gemma4.sample");
    float[] every17th = new float[sample.length];
    for (int i = 0; i < sample.length; i++) {
      every17th[i] = mel.values()[17 * i];
    }
    compare(every17th, sample, FEATURES);
    SoundFeatures raw = SoundFrontEnd.gemma4Unified().of(waveform);
    Json.Obj unified = (Json.Obj) expected.member("gemma4_unified");
    assertThat(raw.frames()).isEqualTo(number(unified, "frames"));
    assertThat(raw.tokens()).isEqualTo(number(unified, "tokens"));
  }

  /**
   * Sound that needs no resampling is equal. Otherwise two filters of the same kind are compared:
   * up to 7.35 kHz soxr's is up to 0.1 % lower (-60 dB; measured with impulses), above both fall
   * off and are within 0.8 % of each other. Sounds have most of their energy below.
   */
  private static void compareSamples(float[] samples, float[] expected, String file) {
    assertThat(samples).hasSameSizeAs(expected);
    if (file.contains("16k")) {
      assertThat(samples).containsExactly(expected);
    }
    double noise = 0;
    double signal = 0;
    for (int i = 0; i < samples.length; i++) {
      double error = samples[i] - (double) expected[i];
      noise += error * error;
      signal += expected[i] * (double) expected[i];
    }
    assertThat(10 * Math.log10(noise / signal)).as("error of %s in dB", file).isLessThan(-80);
  }

  private static void compare(float[] found, float[] expected, float tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < found.length; i++) {
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    assertThat(worst).isLessThan(tolerance);
  }

  private static float[] read(Path path) {
    try (SoundFile sound = SoundFile.open(Files.readAllBytes(path), MediaLimits.standard())) {
      float[] samples = new float[10 * SoundFile.SAMPLE_RATE_HZ];
      return Arrays.copyOf(samples, sound.read(samples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj extractor(Path folder) throws IOException {
    String config = Files.readString(folder.resolve("hf/processor_config.json"));
    return (Json.Obj) ((Json.Obj) Json.parse(config)).member("feature_extractor");
  }

  private static String text(Json.Obj object, String member) {
    return ((Json.Str) object.member(member)).value();
  }

  private static int number(Json.Obj object, String member) {
    return (int) ((Json.Int) object.member(member)).value();
  }
}
