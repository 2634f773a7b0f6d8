package ai.pollux.model.families;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Encoders from projectors that llama.cpp's converter wrote make the same as those from the
 * safetensors it read.
 */
class ProjectorGoldenTest {
  private static final Path FILES = Path.of("src/test/resources/golden/mmproj");
  private static final Map<String, Supplier<Backend>> BACKENDS =
      Map.of("reference", ReferenceBackend::new, "simd", () -> new SimdBackend(2));

  /**
   * Gemma 3's projection is in F16, each value w off by 2⁻¹¹ w at most. With the norm's 32 values x
   * of mean square 1 an output Σ x g w is off by √32 · √Σ(g w)² · 2⁻¹¹, where the root of the sum
   * is 2.03 for the largest column: 0.0057, and what the golden allows.
   */
  private static final double HALF_PRECISION = 0.0058;

  @TestFactory
  Stream<DynamicTest> encodersMakeWhatTheReferenceMakes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FILES)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        List<String> lines = Files.readAllLines(folder.resolve("case.txt"));
        BACKENDS.forEach((name, maker) ->
            tests.add(
                dynamicTest(
                    folder.getFileName() + ", " + name,
                    () -> check(folder, lines.getFirst(), lines.getLast(), maker))));
      }
    }
    return tests.stream();
  }

  private static void check(Path folder, String name, String decoder, Supplier<Backend> maker) {
    GoldenCase golden = GoldenCase.at(TestFiles.golden(name));
    if (golden.modelType().equals("gemma3")) {
      golden = golden.allowing("vision.output", HALF_PRECISION);
    }
    Path projector = folder.resolve("mmproj-f32.gguf");
    try (Backend backend = maker.get();
        LanguageModel model =
            Models.load(
                Models.open(TestFiles.golden(decoder), projector), backend, Progress.NONE)) {
      for (GoldenCase.Prompt prompt : golden.prompts()) {
        EncoderStages.check(MediaPrompt.recorded(golden, prompt), model, backend);
      }
    }
  }
}
