package ai.pollux.train.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.encode.ByteTokenizer;
import ai.pollux.train.data.encode.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LoaderTest {
  private static final ByteTokenizer TOKENIZER = new ByteTokenizer();

  private static Encoder encoder(int context) {
    return new Encoder(TOKENIZER, new Gemma4Template(), FrontEnds.none(), context);
  }

  private static Source documents(String name, int size, int least, int most) {
    return new TestSource(name, size, least, most, 0);
  }

  private static Map<String, Double> weights(Object... namesAndWeights) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int i = 0; i < namesAndWeights.length; i += 2) {
      weights.put((String) namesAndWeights[i], (Double) namesAndWeights[i + 1]);
    }
    return weights;
  }

  private static Mixture once(Source... sources) {
    Map<String, Double> weights = new LinkedHashMap<>();
    Map<String, Integer> epochs = new HashMap<>();
    for (Source source : sources) {
      weights.put(source.name(), 1.0);
      epochs.put(source.name(), 1);
    }
    return new Mixture(Mixture.of(weights, 3).stages(), epochs, 3);
  }

  private static Loader loader(Mixture mixture, List<Source> sources, int rows, int workers) {
    return new Loader(
        mixture,
        sources,
        encoder(rows),
        LoaderOptions.of(rows).withWorkers(workers),
        new BadRecords(0));
  }

  private static List<LoadedBatch> take(Loader loader, int most) {
    List<LoadedBatch> batches = new ArrayList<>();
    while (batches.size() < most && loader.hasNext()) {
      batches.add(loader.next());
    }
    return batches;
  }

  private static List<String> texts(List<LoadedBatch> batches) {
    return batches.stream().map(each -> TOKENIZER.decode(each.batch().ids())).toList();
  }

  @Test
  void inAnEpochEverySampleComesOnce() {
    Source a = documents("a", 150, 5, 400);
    Source b = documents("b", 37, 5, 40);
    try (Loader loader = loader(once(a, b), List.of(a, b), 300, 2)) {
      List<LoadedBatch> batches = take(loader, Integer.MAX_VALUE);
      String all = String.join("", texts(batches));
      assertThat(names(all)).hasSize(187).doesNotHaveDuplicates();
      assertThat(batches.getLast().epochs()).isEqualTo(Map.of("a", 1.0, "b", 1.0));
      assertThat(loader.hasNext()).isFalse();
      assertThatThrownBy(loader::next).hasMessage("the run's data are at their end");
    }
  }

  private static List<String> names(String text) {
    Matcher matcher = Pattern.compile("[a-z]\\d+:").matcher(text);
    return matcher.results().map(each -> each.group()).toList();
  }

  @Test
  void epochsComeInAnotherOrderEach() {
    Source a = documents("a", 50, 5, 6);
    Mixture twice = new Mixture(Mixture.of(weights("a", 1.0), 3).stages(), Map.of("a", 2), 3);
    try (Loader loader = loader(twice, List.of(a), 40, 1)) {
      List<String> found = names(String.join("", texts(take(loader, Integer.MAX_VALUE))));
      assertThat(found).hasSize(100);
      assertThat(found.subList(0, 50)).isNotEqualTo(found.subList(50, 100));
      assertThat(found.stream().distinct()).hasSize(50);
    }
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    List<Source> sources = List.of(documents("a", 500, 5, 300), documents("b", 90, 50, 90));
    Mixture mixture = Mixture.of(weights("a", 0.7, "b", 0.3), 11);
    try (Loader one = loader(mixture, sources, 512, 1);
        Loader four = loader(mixture, sources, 512, 4)) {
      assertThat(texts(take(one, 60))).isEqualTo(texts(take(four, 60)));
    }
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    List<Source> sources = List.of(documents("a", 500, 5, 300));
    try (Loader one = loader(Mixture.of(weights("a", 1.0), 1), sources, 512, 1);
        Loader two = loader(Mixture.of(weights("a", 1.0), 2), sources, 512, 1)) {
      assertThat(texts(take(one, 3))).isNotEqualTo(texts(take(two, 3)));
    }
  }

  /** From every step on, in the middle of rounds, epochs and stages, the rest is the same. */
  @Test
  void anyStateGoesOnExactly() {
    List<Source> sources =
        List.of(
            documents("a", 60, 5, 900),
            documents("b", 25, 50, 90),
            new TestSource("c", 40, 9, 99, 7));
    Mixture mixture = stages();
    Encoder encoder = encoder(256);
    LoaderOptions options = LoaderOptions.of(256).withWorkers(2);
    List<LoadedBatch> whole;
    try (Loader loader = new Loader(mixture, sources, encoder, options, new BadRecords(99))) {
      whole = take(loader, Integer.MAX_VALUE);
    }
    assertThat(whole).hasSizeBetween(80, 100); // 40, some 20, 30
    for (int at = 0; at < whole.size(); at += 7) {
      LoaderState state = LoaderState.parse(whole.get(at).next().json().toString());
      BadRecords bad = new BadRecords(99);
      try (Loader rest = Loader.resume(mixture, sources, encoder, options, bad, state)) {
        List<LoadedBatch> found = take(rest, Integer.MAX_VALUE);
        assertThat(texts(found)).isEqualTo(texts(whole.subList(at + 1, whole.size())));
        assertThat(found.stream().map(LoadedBatch::stage))
            .isEqualTo(whole.stream().skip(at + 1).map(LoadedBatch::stage).toList());
        if (!found.isEmpty()) {
          assertThat(found.getLast().next().json()).isEqualTo(whole.getLast().next().json());
          assertThat(found.getLast().epochs()).isEqualTo(whole.getLast().epochs());
        }
      }
    }
  }

  private static Mixture stages() {
    Stage first =
        new Stage(
            "pretraining",
            new Stage.Length.Steps(40),
            Stage.Measure.TOKENS,
            weights("a", 0.6, "b", 0.4));
    Stage second =
        new Stage(
            "middle",
            new Stage.Length.Tokens(5000),
            Stage.Measure.SAMPLES,
            weights("a", 1.0, "b", 1.0, "c", 1.0));
    Stage third =
        new Stage("tuning", new Stage.Length.Steps(30), Stage.Measure.TOKENS, weights("c", 1.0));
    return new Mixture(List.of(first, second, third), Map.of(), 17);
  }

  @Test
  void stagesEndWhereTheySay() {
    List<Source> sources =
        List.of(documents("a", 60, 5, 900), documents("b", 25, 50, 90), documents("c", 40, 9, 99));
    try (Loader loader = loader(stages(), sources, 256, 1)) {
      List<LoadedBatch> batches = take(loader, Integer.MAX_VALUE);
      Map<String, Integer> steps = new LinkedHashMap<>();
      Map<String, Integer> tokens = new LinkedHashMap<>();
      for (LoadedBatch each : batches) {
        steps.merge(each.stage(), 1, Integer::sum);
        tokens.merge(each.stage(), each.batch().rows(), Integer::sum);
      }
      assertThat(steps).containsEntry("pretraining", 40).containsEntry("tuning", 30);
      assertThat(tokens.get("middle")).isBetween(5000, 5255);
      assertThat(batches.getLast().batch().tokensBySource()).containsOnlyKeys("c");
    }
  }

  @Test
  void weightsAreSharesOfTokens() {
    // Samples of a are ten times as long as those of b.
    List<Source> sources = List.of(documents("a", 500, 250, 350), documents("b", 900, 25, 35));
    Map<String, Integer> tokens = new HashMap<>();
    try (Loader loader = loader(Mixture.of(weights("a", 0.75, "b", 0.25), 1), sources, 1024, 2)) {
      take(loader, 150)
          .forEach(each ->
              each.batch()
                  .tokensBySource()
                  .forEach((name, n) -> tokens.merge(name, n, Integer::sum)));
    }
    double share = tokens.get("a") / (double) (tokens.get("a") + tokens.get("b"));
    // What waits (4 steps of 150) and a round of 64 may lie on either side: 0.03.
    assertThat(share).isBetween(0.72, 0.78);
  }

  @Test
  void weightsAreSharesOfSamples() {
    List<Source> sources = List.of(documents("a", 500, 250, 350), documents("b", 900, 25, 35));
    Stage stage =
        new Stage(
            "all",
            new Stage.Length.Exhausted(),
            Stage.Measure.SAMPLES,
            weights("a", 3.0, "b", 1.0));
    try (Loader loader = loader(new Mixture(List.of(stage), Map.of(), 1), sources, 1024, 2)) {
      Map<String, Double> epochs = take(loader, 150).getLast().epochs();
      assertThat(epochs.get("a") * 500 / (epochs.get("b") * 900)).isBetween(2.95, 3.05);
    }
  }

  @Test
  void stepsAreFull() {
    // Documents of books, dialogues of a few hundred tokens, short tasks, pieces of whole contexts.
    List<Source> sources =
        List.of(
            documents("a", 900, 300, 700),
            documents("b", 900, 100, 1500),
            documents("c", 5000, 10, 60),
            documents("d", 100, 4000, 9000));
    Mixture mixture = Mixture.of(weights("a", 0.3, "b", 0.3, "c", 0.1, "d", 0.3), 1);
    try (Loader loader =
        new Loader(mixture, sources, encoder(2048), LoaderOptions.of(4096), new BadRecords(0))) {
      List<LoadedBatch> batches = take(loader, 200);
      double fill =
          batches.stream().mapToInt(each -> each.batch().rows()).average().orElseThrow() / 4096;
      System.out.printf("fill ratio at 4096: %.4f%n", fill);
      assertThat(fill).isGreaterThan(0.97);
    }
  }

  @Test
  void noSequenceWaitsForEver() {
    // One long sequence among many short ones that always fit better.
    List<Source> sources = List.of(documents("a", 1, 251, 251), documents("b", 2000, 20, 40));
    Mixture mixture =
        new Mixture(
            Mixture.of(weights("a", 1e-9, "b", 1.0), 1).stages(), Map.of("a", 1, "b", 1), 1);
    try (Loader loader = loader(mixture, sources, 256, 1)) {
      List<String> texts = texts(take(loader, 40));
      assertThat(texts).anyMatch(text -> text.contains("a0:"));
    }
  }

  @Test
  void badRecordsAreCountedAndLeftOut() {
    List<Source> sources = List.of(new TestSource("a", 100, 10, 20, 10));
    BadRecords bad = new BadRecords(10);
    Mixture mixture = once(sources.getFirst());
    LoaderOptions options = LoaderOptions.of(64).withWorkers(2);
    try (Loader loader = new Loader(mixture, sources, encoder(64), options, bad)) {
      String all = String.join("", texts(take(loader, Integer.MAX_VALUE)));
      assertThat(names(all)).hasSize(90);
      assertThat(bad.count()).isEqualTo(10);
      assertThat(bad.named()).contains("a, record 9: it is bad.");
    }
    try (Loader loader = new Loader(mixture, sources, encoder(64), options, new BadRecords(9))) {
      assertThatThrownBy(() -> take(loader, Integer.MAX_VALUE))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("Found 10 bad records, more than the 9");
    }
  }

  @Test
  void aSequenceLongerThanAStepIsABadRecord() {
    List<Source> sources = List.of(documents("a", 1, 500, 500));
    BadRecords bad = new BadRecords(1);
    try (Loader loader =
        new Loader(once(sources.getFirst()), sources, encoder(600), LoaderOptions.of(300), bad)) {
      assertThat(loader.hasNext()).isFalse();
    }
    assertThat(bad.named().getFirst()).contains("tokens does not fit a step of 300.");
  }

  @Test
  void whatASourceThrowsReachesTheCaller() {
    Source broken =
        new Source() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public long size() {
            return 5;
          }

          @Override
          public Sample sample(long index) {
            throw new IllegalStateException("the disk is gone");
          }
        };
    try (Loader loader = loader(once(broken), List.of(broken), 64, 1)) {
      assertThatThrownBy(loader::hasNext)
          .hasMessageContaining("a sample could not be read: ")
          .hasMessageContaining("the disk is gone");
    }
  }

  @Test
  void namesAndSizesAreChecked() {
    Source a = documents("a", 5, 5, 6);
    Source empty = documents("e", 0, 5, 6);
    assertRefused(
        Mixture.of(weights("b", 1.0), 1), List.of(a), "all: no source is called b; there are [a].");
    assertRefused(Mixture.of(weights("a", 1.0), 1), List.of(a, a), "Two sources are called a.");
    assertRefused(Mixture.of(weights("e", 1.0), 1), List.of(empty), "Source e has no samples.");
    assertRefused(
        new Mixture(Mixture.of(weights("a", 1.0), 1).stages(), Map.of("x", 1), 1),
        List.of(a),
        "epochs: no source is called x");
    assertThatThrownBy(() -> Mixture.of(weights("a", 0.0), 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Stage all, source a: expected a weight above 0, found 0.0. Leave a source out to rest it.");
    assertThatThrownBy(() -> Mixture.of(Map.of(), 1)).hasMessageContaining("found none");
    assertThatThrownBy(() -> new Mixture(List.of(), Map.of(), 1))
        .hasMessage("A mixture needs a stage, found none.");
    assertThatThrownBy(() -> new LoaderOptions(8, 4, 1)).hasMessageContaining("found 8, 4 and 1");
  }

  private static void assertRefused(Mixture mixture, List<Source> sources, String message) {
    assertThatThrownBy(() -> loader(mixture, sources, 64, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theStateOfAnotherRunIsRefused() {
    List<Source> sources = List.of(documents("a", 50, 5, 60));
    Mixture mixture = Mixture.of(weights("a", 1.0), 1);
    LoaderState state;
    try (Loader loader = loader(mixture, sources, 64, 1)) {
      state = loader.next().next();
    }
    List<Source> others = List.of(documents("a", 51, 5, 60));
    assertThatThrownBy(() ->
            Loader.resume(
                mixture, others, encoder(64), LoaderOptions.of(64), new BadRecords(0), state))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The saved state of the data is of another run: expected seed 1")
        .hasMessageContaining("sources a=51")
        .hasMessageContaining("found seed 1")
        .hasMessageContaining("sources a=50");
  }

  /** The order of {@code Map.of} changes from process to process. */
  @Test
  void theOrderOfWeightsDoesNotMatter() {
    List<Source> sources = List.of(documents("a", 50, 5, 60), documents("b", 50, 5, 60));
    LoaderState state;
    try (Loader loader = loader(Mixture.of(weights("a", 1.0, "b", 2.0), 1), sources, 64, 1)) {
      state = loader.next().next();
    }
    Mixture other = Mixture.of(weights("b", 2.0, "a", 1.0), 1);
    try (Loader loader =
        Loader.resume(
            other, sources, encoder(64), LoaderOptions.of(64), new BadRecords(0), state)) {
      assertThat(loader.hasNext()).isTrue();
    }
  }

  @Test
  void aStateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> LoaderState.parse("{"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Saved state of the data: Not a JSON text");
    assertThatThrownBy(() -> LoaderState.parse("[]"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Saved state of the data, waiting: expected whole numbers, found null. Take the state of another checkpoint.");
    assertThatThrownBy(() -> LoaderState.parse("{\"waiting\": [1, 2]}"))
        .hasMessageContaining("expected three numbers for each sequence");
  }

  @Test
  void aStateIsSmall() {
    List<Source> sources = List.of(documents("a", 5000, 300, 700));
    try (Loader loader = loader(Mixture.of(weights("a", 1.0), 1), sources, 4096, 1)) {
      String json = take(loader, 5).getLast().next().json().toString();
      assertThat(json.length()).isLessThan(2000);
    }
  }

  @Test
  void sequencesOfAStepStandSideBySide() {
    List<Source> sources = List.of(documents("a", 50, 5, 60));
    try (Loader loader = loader(Mixture.of(weights("a", 1.0), 1), sources, 256, 1)) {
      Batch batch = loader.next().batch();
      assertThat(Arrays.stream(batch.lengths()).sum()).isEqualTo(batch.rows());
      assertThat(batch.past().sequences()).isEqualTo(batch.lengths().length);
      for (int s = 0; s < batch.lengths().length; s++) {
        int first = batch.past().firstRow(s);
        assertThat(batch.ids()[first]).isEqualTo(TOKENIZER.bos().orElseThrow());
        int last = first + batch.lengths()[s] - 1;
        assertThat(batch.targets()[last]).isEqualTo(-100);
        assertThat(batch.ids()[last]).isEqualTo(TOKENIZER.eos().orElseThrow());
      }
      assertThat(batch.learnedRows()).hasSize(batch.rows() - batch.lengths().length);
    }
  }
}
