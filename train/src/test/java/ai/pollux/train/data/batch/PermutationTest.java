package ai.pollux.train.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PermutationTest {
  @Test
  void everyNumberComesOnce() {
    for (long size : new long[] {1, 2, 3, 4, 5, 7, 16, 17, 100, 1000, 4096, 4097}) {
      for (long seed = 0; seed < 3; seed++) {
        Permutation permutation = new Permutation(size, seed);
        long[] found = LongStream.range(0, size).map(permutation::at).sorted().toArray();
        assertThat(found).isEqualTo(LongStream.range(0, size).toArray());
      }
    }
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    Permutation one = new Permutation(1000, 1);
    Permutation two = new Permutation(1000, 2);
    long equal = LongStream.range(0, 1000).filter(i -> one.at(i) == two.at(i)).count();
    assertThat(equal).as("1 is expected by chance").isLessThan(8);
  }

  /** Steps of neighbours are as large as those of random numbers: a third of the size. */
  @Test
  void neighboursAreFarApart() {
    Permutation permutation = new Permutation(100_000, 5);
    double mean =
        LongStream.range(1, 100_000)
            .map(i -> Math.abs(permutation.at(i) - permutation.at(i - 1)))
            .average()
            .orElseThrow();
    // The standard deviation of the mean is about 0.24 · size / √size = 75.
    assertThat(mean).isBetween(33_333 - 400.0, 33_333 + 400.0);
  }

  @Test
  void hugeSizesNeedNoMemory() {
    for (long size : new long[] {1L << 50, (1L << 62) + 1, Long.MAX_VALUE}) {
      Permutation permutation = new Permutation(size, 5);
      long[] found = LongStream.range(0, 1000).map(permutation::at).toArray();
      assertThat(found).doesNotHaveDuplicates();
      assertThat(LongStream.of(found)).allMatch(each -> each >= 0 && each < size);
    }
  }

  @Test
  void runsStayTogether() {
    Order order = new Order(1003, 10, 7);
    long[] found = LongStream.range(0, 1003).map(order::at).toArray();
    assertThat(found).doesNotHaveDuplicates().contains(0, 1002);
    for (int i = 0; i < 1000; i += 10) {
      long run = found[i] / 10;
      assertThat(LongStream.of(found).skip(i).limit(10)).allMatch(each -> each / 10 == run);
    }
    assertThat(found[0]).isNotEqualTo(found[10] - 10);
  }

  @Test
  void nothingIsNoSize() {
    assertThatThrownBy(() -> new Permutation(0, 1))
        .hasMessage("permutation: expected a size of 1 or more, found 0");
  }
}
