package ai.pollux.model.families;

import ai.pollux.testkit.FuzzInputs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs that a fuzzer found, and hostile files made by hand, once more. */
final class FoundInputsTest {
  @TestFactory
  Stream<DynamicTest> areReadOrRefused() {
    return Stream.of(
            FuzzInputs.of("gguf", GgufFuzz::fuzzerTestOneInput),
            FuzzInputs.of("safetensors", SafetensorsFuzz::fuzzerTestOneInput),
            FuzzInputs.of("safetensors-index", SafetensorsIndexFuzz::fuzzerTestOneInput),
            FuzzInputs.of("llama2c", Llama2cFuzz::fuzzerTestOneInput),
            FuzzInputs.of("config", ConfigFuzz::fuzzerTestOneInput))
        .flatMap(tests -> tests);
  }
}
