package ai.pollux.train.data.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.screen.Benchmark;
import ai.pollux.train.data.screen.BenchmarkIndex;
import ai.pollux.train.data.screen.Decontamination;
import ai.pollux.train.data.screen.Screening;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The training sets against the measuring sets, both as they lie in the shared folder. */
final class DecontaminationIT {
  /** The first samples of a source. */
  private record First(Source whole, long size) implements Source {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public Sample sample(long index) {
      return whole.sample(index);
    }
  }

  private final Path data = TestFiles.data(".");

  @Test
  void measuringSetsAreFoundInThemselvesAndHardlyInTrainingSets() {
    List<Benchmark> benchmarks = new MeasuringSets(data).all();
    BenchmarkIndex index = BenchmarkIndex.standard();
    Map<String, Integer> items = new LinkedHashMap<>();
    for (Benchmark benchmark : benchmarks) {
      index.add(benchmark);
      items.put(benchmark.name(), benchmark.items().size());
    }
    System.out.println(items + ", n-grams " + index.grams() + ", too short " + index.tooShort());
    assertThat(items)
        .containsEntry("gsm8k", 1319)
        .containsEntry("mmlu", 14_042)
        .containsEntry("humaneval", 164)
        .containsEntry("hellaswag", 4 * 10_042)
        .containsEntry("mnist-t10k", 10_000)
        .containsEntry("fsdd-test", 300)
        .containsEntry("nlvr", 3 * 989);
    Decontamination check = new Decontamination(index, 1);
    for (Corpus corpus : TrainingSets.all()) {
      try (Source whole = corpus.open(data)) {
        Source some = new First(whole, Math.min(3000, whole.size()));
        Screening screening = Screening.of(some, List.of(check), new BadRecords(100));
        System.out.print(screening.report().text());
        assertThat(screening.report().kept()).isGreaterThan(some.size() * 9 / 10);
      }
    }
    System.out.print(check.text());
  }

  @Test
  void aBenchmarkIsFoundInItself() {
    Benchmark gsm8k = new MeasuringSets(data).gsm8k();
    BenchmarkIndex index = BenchmarkIndex.standard();
    index.add(gsm8k);
    Decontamination check = new Decontamination(index, 1);
    long found =
        gsm8k.items().stream()
            .filter(item ->
                item instanceof Benchmark.Item.Words(String text)
                    && check.objection(Sample.Document.of("gsm8k", text)).isPresent())
            .count();
    assertThat(found + index.tooShort()).isEqualTo(gsm8k.items().size());
  }
}
