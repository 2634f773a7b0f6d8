package ai.pollux.train.data.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Chance, and the split that a problem is made for. Used by one thread. */
public final class Draw {
  private static final int MOST_TRIES = 20_000;

  private final RandomGenerator random;
  private final Split split;

  /** Draws from a source for a split. */
  public Draw(RandomGenerator random, Split split) {
    this.random = random;
    this.split = split;
  }

  /** The split that the problem is for. */
  public Split split() {
    return split;
  }

  /** 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends may come. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** From low (included) to high. */
  public double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** True with a probability. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** 64 bits. */
  public long bits() {
    return random.nextLong();
  }

  /** One of them. */
  public <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** One of them. */
  @SafeVarargs
  public final <T> T of(T... all) {
    return all[random.nextInt(all.length)];
  }

  /** So many different ones, in any order. */
  public <T> List<T> some(List<T> all, int count) {
    List<T> rest = new ArrayList<>(all);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(rest.size() - i);
      T kept = rest.get(i);
      rest.set(i, rest.get(other));
      rest.set(other, kept);
    }
    return List.copyOf(rest.subList(0, count));
  }

  /** All of them in any order. */
  public <T> List<T> shuffled(List<T> all) {
    return some(all, all.size());
  }

  /**
   * Draws until what was drawn belongs to this split.
   *
   * @param content describes what is asked, and nothing of how: what has an equal description is in
   *     the same split
   * @throws IllegalStateException where nothing does, after many tries: there are too few contents
   */
  public <T> T fresh(Supplier<T> make, Function<? super T, String> content) {
    for (int i = 0; i < MOST_TRIES; i++) {
      T made = make.get();
      if (Split.of(content.apply(made)) == split) {
        return made;
      }
    }
    throw new IllegalStateException(
        "%d tries gave no content that belongs to %s, the last one being \"%s\". Let the task draw from more contents."
            .formatted(MOST_TRIES, split, content.apply(make.get())));
  }

  /** Draws until a condition holds; the last one where it never does. */
  public <T> T until(Supplier<T> make, java.util.function.Predicate<? super T> holds, int tries) {
    T made = make.get();
    for (int i = 1; i < tries && !holds.test(made); i++) {
      made = make.get();
    }
    return made;
  }
}
