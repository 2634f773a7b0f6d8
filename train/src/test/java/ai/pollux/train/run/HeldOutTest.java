package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldOutTest {
  private record Numbers(long size) implements Source {
    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public Sample sample(long index) {
      assertThat(index).isBetween(0L, size - 1);
      return Sample.Document.of("numbers", Long.toString(index));
    }
  }

  private static List<Sample> all(Source source) {
    List<Sample> samples = new ArrayList<>();
    for (long i = 0; i < source.size(); i++) {
      samples.add(source.sample(i));
    }
    return samples;
  }

  @Test
  void everySampleIsEitherLearnedOrMeasured() {
    for (long size : new long[] {1, 2, 49, 50, 51, 99, 100, 101, 1234}) {
      List<Sample> learned = all(new HeldOut(new Numbers(size), false));
      List<Sample> measured = all(new HeldOut(new Numbers(size), true));
      List<Sample> both = new ArrayList<>(learned);
      both.addAll(measured);
      assertThat(both)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(all(new Numbers(size)));
    }
  }
}
