package ai.pollux.train.data.batch;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.util.SplittableRandom;

/**
 * Documents of random lengths that name themselves.
 *
 * @param bad one in so many records is bad; 0 for none
 */
record TestSource(String name, long size, int least, int most, int bad) implements Source {
  @Override
  public Sample sample(long index) {
    if (bad > 0 && index % bad == bad - 1) {
      throw new BadRecordException("it is bad.");
    }
    SplittableRandom random = new SplittableRandom(index * 31 + name.hashCode());
    int length = least == most ? least : random.nextInt(least, most);
    String start = name + index + ":";
    return Sample.Document.of(name, start + "x".repeat(Math.max(0, length - start.length())));
  }
}
