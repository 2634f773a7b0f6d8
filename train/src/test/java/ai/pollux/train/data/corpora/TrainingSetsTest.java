package ai.pollux.train.data.corpora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.SampleText;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.source.PreferencePairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be learned from, of the shared folder. */
final class TrainingSetsTest {
  @Test
  void nothingThatIsForMeasuringIsListed() {
    for (Corpus corpus : TrainingSets.all()) {
      TrainingSets.requireTrainable(corpus.place());
      assertThat(corpus.place())
          .doesNotStartWith("benchmarks")
          .doesNotContain("t10k", "nlvr", "wikitext");
      assertThat(corpus.licence()).isNotBlank();
    }
    assertThat(TrainingSets.all().stream().map(Corpus::name)).doesNotHaveDuplicates();
  }

  @Test
  void placesForMeasuringAreRefused() {
    for (String place :
        List.of(
            "benchmarks/gsm8k/train.jsonl",
            "images/mnist/t10k-images-idx3-ubyte.gz",
            "images/nlvr/dev.tar",
            "text/wikitext2/valid.txt")) {
      assertThatThrownBy(() -> TrainingSets.requireTrainable(place))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(place + " is for measuring only");
    }
  }

  /** Every row of the folder's own list that may be trained on has its corpus, and no other. */
  @Test
  void theListIsTheFoldersOwn() throws IOException {
    String readme = Files.readString(TestFiles.data("README.md"));
    for (Corpus corpus : TrainingSets.all()) {
      String row =
          readme
              .lines()
              .filter(line -> line.startsWith("|"))
              .filter(line -> names(line).stream().anyMatch(corpus.place()::startsWith))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row for " + corpus.place()));
      String use = row.substring(row.lastIndexOf('|', row.length() - 3));
      assertThat(use).as(corpus.place()).contains("train");
    }
  }

  private static List<String> names(String row) {
    return List.of(row.split("\\|")[1].strip().split(", "));
  }

  @Test
  void allOfThemAreThere() {
    Path data = TestFiles.data(".");
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (Corpus corpus : TrainingSets.all()) {
      try (Source source = corpus.open(data)) {
        sizes.put(corpus.name(), source.size());
        long step = Math.max(1, source.size() / 50);
        for (long i = 0; i < source.size(); i += step) {
          assertThat(SampleText.words(source.sample(i))).as(corpus.name()).isNotBlank();
        }
      }
    }
    System.out.println(sizes);
    assertThat(sizes)
        .containsEntry("mnist", 60_000L)
        .containsEntry("fsdd", 2700L)
        .containsEntry("hh-rlhf", 2312L)
        .containsEntry("seed-tasks", 175L)
        .containsEntry("user-tasks", 252L);
    assertThat(sizes.get("tinystories")).isGreaterThan(500);
  }

  @Test
  void booksBeginBehindTheirFrame() {
    try (Source source = TrainingSets.texts().get(1).open(TestFiles.data("."))) {
      assertThat(SampleText.words(source.sample(0))).startsWith("ALICE’S ADVENTURES");
      String last = SampleText.words(source.sample(source.size() - 1));
      assertThat(last).doesNotContain("Gutenberg").contains("happy summer days");
    }
  }

  @Test
  void preferencesArePairs() {
    try (PreferencePairs pairs =
        PreferencePairs.open(
            "hh", TestFiles.data("text/preferences/hh-rlhf-harmless-test.jsonl.gz"))) {
      int good = 0;
      for (long i = 0; i < pairs.size(); i++) {
        try {
          pairs.pair(i);
          good++;
        } catch (BadRecordException e) {
          assertThat(e.what()).isNotBlank();
        }
      }
      System.out.println("pairs " + good + " of " + pairs.size());
      assertThat(good).isGreaterThan(2000);
    }
  }

  @Test
  void tablesWithQuotesAreRead() {
    assertThat(Csv.parse("a,b\r\n\"x, \"\"y\"\"\nz\",2\n,"))
        .containsExactly(List.of("a", "b"), List.of("x, \"y\"\nz", "2"), List.of("", ""));
  }
}
