package ai.pollux.model.families;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchSettings;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@link FamiliesGoldenTest} holds other backends to, on libtorch. */
class TorchFamiliesGoldenTest {
  private interface Check {
    void run(GoldenCase golden, LanguageModel model, Backend backend);
  }

  @TestFactory
  Stream<DynamicTest> wholePromptsWithoutACache() {
    return each(FamiliesGoldenTest::checkWhole);
  }

  @TestFactory
  Stream<DynamicTest> chunksAndSingleTokensWithAPagedCache() {
    return each(FamiliesGoldenTest::checkCached);
  }

  private static Stream<DynamicTest> each(Check check) {
    return GoldenCase.all().stream()
        .map(golden ->
            dynamicTest(
                golden.name(),
                () -> {
                  try (Backend backend = new TorchBackend(TorchSettings.cpu(1));
                      LanguageModel model = Models.load(golden.weights(), backend, Progress.NONE)) {
                    check.run(golden, model, backend);
                  }
                }));
  }
}
