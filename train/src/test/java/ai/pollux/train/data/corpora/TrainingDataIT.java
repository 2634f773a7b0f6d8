package ai.pollux.train.data.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ProcessorFiles;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.batch.LoadedBatch;
import ai.pollux.train.data.batch.Loader;
import ai.pollux.train.data.batch.LoaderOptions;
import ai.pollux.train.data.batch.LoaderState;
import ai.pollux.train.data.batch.Mixture;
import ai.pollux.train.data.batch.Prefetch;
import ai.pollux.train.data.encode.Encoder;
import ai.pollux.train.data.screen.Screening;
import ai.pollux.train.data.screen.TextCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The example of docs/training-data.md, on the sets of the shared folder. */
final class TrainingDataIT {
  @Test
  void stepsOfAllModalitiesAreFullAndGoOnExactly() {
    Path data = TestFiles.data(".");
    Path model = TestFiles.golden("gemma4_unified/mixed/hf");
    BadRecords bad = new BadRecords(100);
    List<Source> sources = TrainingSets.all().stream().map(corpus -> corpus.open(data)).toList();
    Map<String, Double> weights =
        sources.stream().collect(Collectors.toMap(Source::name, _ -> 1.0));
    Mixture mixture = Mixture.of(weights, 1);
    Encoder encoder =
        new Encoder(
            Tokenizers.fromTokenizerJson(model.resolve("tokenizer.json")),
            new Gemma4Template(),
            FrontEnds.of(ProcessorFiles.in(model), true, true, true),
            2048);
    LoaderOptions options = LoaderOptions.of(4096).withWorkers(2);
    LoaderState middle;
    int[] expected;
    try (Loader loader = new Loader(mixture, sources, encoder, options, bad);
        Prefetch<LoadedBatch> ahead = new Prefetch<>(loader, 8)) {
      IntStream.range(0, 20).forEach(_ -> ahead.next()); // until code is compiled
      long start = System.nanoTime();
      long rows = IntStream.range(0, 100).mapToLong(_ -> ahead.next().batch().rows()).sum();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "fill %.4f, %.0f tokens/s with 2 threads, %s%n",
          rows / 409_600.0, rows / seconds, ahead.starvation());
      assertThat(rows / 409_600.0).isGreaterThan(0.97);
      middle = ahead.next().next();
      expected = ahead.next().batch().ids();
    }
    try (Loader loader = Loader.resume(mixture, sources, encoder, options, bad, middle)) {
      LoadedBatch next = loader.next();
      assertThat(next.batch().ids()).isEqualTo(expected);
      System.out.println(
          next.epochs() + ", " + middle.json().toString().length() + " bytes, bad " + bad.count());
    }
    sources.forEach(Source::close);
  }

  @Test
  void prosePassesItsRules() {
    for (Corpus corpus : TrainingSets.texts()) {
      try (Source whole = corpus.open(TestFiles.data("."))) {
        Screening screening = Screening.of(whole, TextCheck.prose(), new BadRecords(0));
        System.out.print(screening.report().text());
        assertThat(screening.report().kept()).isGreaterThan(whole.size() / 2);
      }
    }
  }
}
