package ai.pollux.train.data.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import ai.pollux.train.data.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreeningTest {
  private record Listed(List<String> texts) implements Source {
    @Override
    public String name() {
      return "listed";
    }

    @Override
    public long size() {
      return texts.size();
    }

    @Override
    public Sample sample(long index) {
      String text = texts.get((int) index);
      if (text.equals("bad")) {
        throw new BadRecordException("it is bad.");
      }
      return Sample.Document.of("listed", text);
    }
  }

  private static final String QUESTION =
      "A farmer has twelve hens and each hen lays three eggs a day; how many eggs are there after a week?";

  @Test
  void whatIsLeftOutIsCountedWithReasons() {
    Source source = new Listed(List.of("one two", "one two", "bad", "three", "four five"));
    List<Check> checks =
        List.of(new TextCheck("length", new LengthRule(2, 10, 1, 10)), new ExactDuplicates());
    BadRecords bad = new BadRecords(1);
    Screening screening = Screening.of(source, checks, bad);
    assertThat(screening.source().size()).isEqualTo(2);
    assertThat(SampleText.words(screening.source().sample(1))).isEqualTo("four five");
    assertThat(bad.named()).containsExactly("listed, record 2: it is bad.");
    assertThat(screening.report().text())
        .isEqualTo(
            """
            listed: 2 of 5 kept
              unreadable: 1
              length: 1
                3: 1 words, not 2 to 10
              duplicate: 1
                1: the same was there before
            """);
    assertThat(screening.report().json().toString())
        .isEqualTo(
            "{\"source\":\"listed\",\"samples\":5,\"kept\":2,\"unreadable\":1,\"checks\":[{\"check\":\"length\",\"dropped\":1,\"examples\":[\"3: 1 words, not 2 to 10\"]},{\"check\":\"duplicate\",\"dropped\":1,\"examples\":[\"1: the same was there before\"]}]}");
  }

  @Test
  void questionsOfBenchmarksAreFoundInsideOtherText() {
    BenchmarkIndex index = BenchmarkIndex.standard();
    index.add(new Benchmark("hens", List.of(new Benchmark.Item.Words(QUESTION))));
    index.add(
        new Benchmark(
            "short",
            List.of(
                new Benchmark.Item.Words("eight little words make up this short item"),
                new Benchmark.Item.Words("too short"))));
    Decontamination check = new Decontamination(index, 1);
    Source source =
        new Listed(
            List.of(
                "He asked: a FARMER has twelve hens, and each hen lays three eggs a day. Nobody knew.",
                "A farmer has twelve hens and two cows.",
                "Eight little words make up this short item, he said.",
                "Something else."));
    Screening screening = Screening.of(source, List.of(check), new BadRecords(0));
    assertThat(screening.report().kept()).isEqualTo(2);
    assertThat(check.removed()).containsEntry("hens", 1L).containsEntry("short", 1L);
    assertThat(check.text())
        .contains("2 of 4 samples overlap with a benchmark", "1 items too short", "  hens: 1\n")
        .contains(
            "listed for [hens]: \"a farmer has twelve hens and each hen lays three eggs a day\"");
    assertThat(check.json().toString())
        .contains("\"dropped\":2", "\"removed\":{\"hens\":1,\"short\":1}");
  }

  @Test
  void oneInCommonMayBeLetPass() {
    BenchmarkIndex index = BenchmarkIndex.standard();
    index.add(new Benchmark("hens", List.of(new Benchmark.Item.Words(QUESTION))));
    Decontamination strict = new Decontamination(index, 1);
    Decontamination mild = new Decontamination(index, 2);
    Sample sample =
        Sample.Document.of("a", "a farmer has twelve hens and each hen lays three eggs a day");
    assertThat(strict.objection(sample)).isPresent();
    assertThat(mild.objection(sample)).isEmpty();
    assertThat(mild.objection(Sample.Document.of("a", QUESTION))).isPresent();
  }

  @Test
  void picturesAreFoundInOtherSizes() {
    BenchmarkIndex index = BenchmarkIndex.standard();
    index.add(new Benchmark("seen", List.of(new Benchmark.Item.Shown(picture(64, 3)))));
    Decontamination check = new Decontamination(index, 1);
    assertThat(check.objection(shown(picture(64, 3))).orElseThrow()).contains("the same bytes");
    assertThat(check.objection(shown(picture(32, 3))).orElseThrow())
        .contains("a picture that looks the same");
    assertThat(check.objection(shown(picture(64, 4)))).isEmpty();
  }

  @Test
  void soundsAreFoundBySamples() {
    BenchmarkIndex index = BenchmarkIndex.standard();
    Medium sound = new Medium.Sound(new float[] {0.5f, -0.25f, 0});
    index.add(new Benchmark("heard", List.of(new Benchmark.Item.Shown(sound))));
    Decontamination check = new Decontamination(index, 1);
    assertThat(check.objection(shown(new Medium.Sound(new float[] {0.5f, -0.25f, 0})))).isPresent();
    assertThat(check.objection(shown(new Medium.Sound(new float[] {0.5f, 0.25f, 0})))).isEmpty();
  }

  /** A smooth picture that depends on {@code kind} and not, but for sampling, on its size. */
  private static Medium picture(int side, int kind) {
    byte[] rgb = new byte[3 * side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double wave = Math.sin(kind * (x + 0.5) / side * 3) * Math.cos(kind * (y + 0.5) / side * 2);
        for (int color = 0; color < 3; color++) {
          rgb[3 * (y * side + x) + color] = (byte) (128 + 100 * wave);
        }
      }
    }
    return new Medium.Picture(new RgbImage(side, side, rgb));
  }

  private static Sample shown(Medium medium) {
    return new Sample.Document("a", List.of(new Sample.Piece.Shown(medium)));
  }

  @Test
  void windowsOfNothingAreRefused() {
    assertThatThrownBy(() -> new BenchmarkIndex(5, 8)).hasMessageContaining("found 5 and 8");
  }
}
