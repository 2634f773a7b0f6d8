package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.Tap;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every family from every file that the goldens have, on every backend, held to the reference
 * implementation: embeddings, blocks, final norm, logits, and the tokens of greedy decoding.
 */
class FamiliesGoldenTest {
  static final Map<String, Supplier<Backend>> BACKENDS =
      Map.of("reference", ReferenceBackend::new, "simd", () -> new SimdBackend(2));

  @Test
  void theGoldensHaveCasesOfEveryFamily() {
    List<String> types = GoldenCase.all().stream().map(GoldenCase::modelType).toList();
    for (var family : Models.FAMILIES) {
      assertThat(types).as(family.name()).containsAnyElementsOf(family.modelTypes());
    }
  }

  @TestFactory
  Stream<DynamicTest> wholePromptsWithoutACache() {
    return eachCase(FamiliesGoldenTest::checkWhole);
  }

  @TestFactory
  Stream<DynamicTest> chunksAndSingleTokensWithAPagedCache() {
    return eachCase(FamiliesGoldenTest::checkCached);
  }

  private interface Check {
    void run(GoldenCase golden, LanguageModel model, Backend backend);
  }

  private static Stream<DynamicTest> eachCase(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      BACKENDS.forEach((name, maker) ->
          tests.add(
              dynamicTest(
                  golden.name() + ", " + name,
                  () -> {
                    try (Backend backend = maker.get();
                        LanguageModel model =
                            Models.load(golden.weights(), backend, Progress.NONE)) {
                      check.run(golden, model, backend);
                    }
                  })));
    }
    return tests.stream();
  }

  /**
   * All prompts side by side in one step, each followed by the reference's own continuation. A row
   * sees nothing that comes after it, so that the rows of the prompt are what they would be alone,
   * and by induction the best tokens of the last rows are what greedy decoding gives.
   */
  static void checkWhole(GoldenCase golden, LanguageModel model, Backend backend) {
    List<GoldenCase.Prompt> prompts = golden.prompts();
    int[][] rows = new int[prompts.size()][];
    for (int p = 0; p < rows.length; p++) {
      int[] ids = prompts.get(p).ids();
      int[] greedy = golden.greedy(prompts.get(p));
      rows[p] = Arrays.copyOf(ids, ids.length + greedy.length - 1);
      System.arraycopy(greedy, 0, rows[p], ids.length, greedy.length - 1);
    }
    int[] all = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    Past past = Past.packed(Arrays.stream(rows).mapToInt(each -> each.length).toArray());
    try (Ops ops = backend.open()) {
      Tensor inputs = model.embed(ops, all);
      Goldens.check(golden, "embeddings", "embeddings", inputs, past);
      Tap tap =
          (name, layer, values) ->
              Goldens.check(golden, name, layer < 0 ? name : name + "." + layer, values, past);
      Tensor hidden = model.decode(ops, all, inputs, past, tap);
      Tensor logits = model.logits(ops, hidden);
      Goldens.check(golden, "logits", "logits", logits, past);
      for (int p = 0; p < rows.length; p++) {
        int[] best = new int[golden.greedy(prompts.get(p)).length];
        int first = past.firstRow(p) + prompts.get(p).ids().length - 1;
        for (int i = 0; i < best.length; i++) {
          best[i] = Goldens.best(logits, first + i);
        }
        assertThat(best).as(prompts.get(p).name()).isEqualTo(golden.greedy(prompts.get(p)));
      }
    }
  }

  /** Each prompt in chunks of changing length, then token by token. */
  static void checkCached(GoldenCase golden, LanguageModel model, Backend backend) {
    for (GoldenCase.Prompt prompt : golden.prompts()) {
      int[] ids = prompt.ids();
      int[] expected = golden.greedy(prompt);
      float[] logits = golden.tensor(prompt.name() + ".logits").orElseThrow();
      int vocabulary = model.info().vocabulary();
      int[] tokens = new int[expected.length];
      try (PagedPast past = new PagedPast(backend, model.info(), ids.length + tokens.length)) {
        for (int at = 0, chunk = 1; at < ids.length; at += chunk) {
          chunk = Math.min(ids.length - at, at == 0 ? 1 : 2 + at % Goldens.CHUNK);
          int[] part = Arrays.copyOfRange(ids, at, at + chunk);
          try (Ops ops = backend.open()) {
            Tensor last = model.forward(ops, part, past.next(chunk), new int[] {chunk - 1});
            int from = (at + chunk - 1) * vocabulary;
            Goldens.close(
                prompt.name() + ".logits to row " + (at + chunk - 1),
                last.toArray(),
                Arrays.copyOfRange(logits, from, from + vocabulary),
                golden.tolerance("logits"));
            tokens[0] = Goldens.best(last, 0);
          }
        }
        for (int i = 1; i < tokens.length; i++) {
          try (Ops ops = backend.open()) {
            int[] last = {tokens[i - 1]};
            tokens[i] = Goldens.best(model.forward(ops, last, past.next(1), new int[] {0}), 0);
          }
        }
      }
      assertThat(tokens).as(prompt.name()).isEqualTo(expected);
    }
  }
}
