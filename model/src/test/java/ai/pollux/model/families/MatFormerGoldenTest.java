package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Smaller models cut out of a larger one while it is loaded, held to the reference's models of the
 * cut weights.
 */
class MatFormerGoldenTest {
  /** Tensors that a slice leaves in its file whole, or never reads. */
  private static final List<String> NOT_PACKED =
      List.of("embed_tokens_per_layer", "k_proj", "v_proj", "k_norm");

  @TestFactory
  Stream<DynamicTest> slicesComputeWhatTheReferenceComputesWithTheSameCuts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : GoldenCase.folders(TestFiles.golden("matformer"))) {
      FamiliesGoldenTest.BACKENDS.forEach((name, maker) ->
          tests.add(
              dynamicTest(
                  folder.getFileName() + ", " + name,
                  () -> {
                    GoldenCase golden = golden(folder);
                    try (Backend backend = maker.get();
                        LanguageModel model =
                            Models.load(golden.weights(), backend, Progress.NONE, slice(folder))) {
                      FamiliesGoldenTest.checkWhole(golden, model, backend);
                      FamiliesGoldenTest.checkCached(golden, model, backend);
                    }
                  })));
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> theWeightsOfASliceHaveTheSumsOfTheReferences() {
    return GoldenCase.folders(TestFiles.golden("matformer")).stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> checkSums(folder)));
  }

  private static void checkSums(Path folder) {
    try (SummingBackend backend = new SummingBackend(new ReferenceBackend());
        LanguageModel model =
            Models.load(golden(folder).weights(), backend, Progress.NONE, slice(folder))) {
      for (var entry : facts(folder).required("tensor_checksums").properties()) {
        if (NOT_PACKED.stream().noneMatch(entry.getKey()::contains)) {
          double sum = entry.getValue().get(0).doubleValue();
          double squares = entry.getValue().get(1).doubleValue();
          assertThat(backend.sums())
              .as(entry.getKey())
              .anyMatch(found -> found.isClose(sum, squares));
        }
      }
      assertThat(model.info().layers())
          .isEqualTo(facts(folder).required("num_hidden_layers").intValue());
    }
  }

  @Test
  void theNameOfTheSmallerModelMeansItsPublishedCut() {
    Path folder = TestFiles.golden("matformer/e2b");
    GoldenCase golden = golden(folder);
    try (Backend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(golden.weights(), backend, Progress.NONE, ModelSlice.parse("e2b"))) {
      FamiliesGoldenTest.checkWhole(golden, model, backend);
    }
  }

  private static GoldenCase golden(Path folder) {
    JsonNode facts = facts(folder);
    return new GoldenCase(
        "matformer/" + folder.getFileName(),
        TestFiles.golden(facts.required("source").asString()),
        folder.resolve("expected.safetensors"),
        facts.required("tolerance"),
        GoldenCase.prompts(folder));
  }

  private static ModelSlice slice(Path folder) {
    JsonNode facts = facts(folder);
    List<Integer> skipped = integers(facts.required("skipped_layers"));
    List<Integer> widths = integers(facts.required("ffn_width_of_source_layer"));
    List<Integer> taken = new ArrayList<>();
    for (int layer = 0; layer < widths.size(); layer++) {
      taken.add(skipped.contains(layer) ? 0 : widths.get(layer));
    }
    return ModelSlice.parse(taken.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  private static List<Integer> integers(JsonNode list) {
    return list.valueStream().map(JsonNode::intValue).toList();
  }

  private static JsonNode facts(Path folder) {
    return GoldenCase.json(folder.resolve("expected.json"));
  }
}
