package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.simd.SimdBackend;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bundled model in our backends beside transformers: what {@code tools/golden/bundled.py}
 * wrote.
 */
final class BundledGoldenTest {
  /**
   * Logits up to 20 are sums of 256 products behind six blocks, in f32 in another order: some
   * hundred roundings of 1e-6 of them, and the file has four decimals.
   */
  private static final float TOLERANCE = 2e-3f;

  static Stream<Backend> backends() {
    return Stream.of(new SimdBackend(1), new TorchBackend(TorchSettings.cpu(1)));
  }

  static JsonNode expected() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BundledGoldenTest.class.getResourceAsStream("/bundled/expected.json"))) {
      return JsonMapper.shared().readTree(in);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void textsHaveTheLogitsAndGreedyTokensOfTheReference(Backend backend) throws IOException {
    Path folder = BundledModel.folder().orElseThrow();
    try (backend;
        LanguageModel model = Models.load(folder, backend, (weight, done, total) -> {})) {
      for (JsonNode prompt : expected().path("texts")) {
        List<Integer> ids = new ArrayList<>(integers(prompt.path("ids")));
        float[] logits = logits(backend, model, ids);
        JsonNode reference = prompt.path("logits");
        for (int i = 0; i < reference.size(); i++) {
          assertThat(logits[i])
              .as("%s: logit %d", prompt.path("prompt").asString(), i)
              .isCloseTo(reference.path(i).floatValue(), within(TOLERANCE));
        }
        List<Integer> greedy = integers(prompt.path("greedy"));
        for (int token : greedy) {
          assertThat(largest(logits(backend, model, ids))).isEqualTo(token);
          ids.add(token);
        }
      }
    }
  }

  private static float[] logits(Backend backend, LanguageModel model, List<Integer> ids) {
    int[] all = ids.stream().mapToInt(Integer::intValue).toArray();
    try (Ops ops = backend.open()) {
      return model.forward(ops, all, Past.packed(all.length), new int[] {all.length - 1}).toArray();
    }
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static List<Integer> integers(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(value -> values.add(value.intValue()));
    return values;
  }
}
