package ai.pollux.train.data.screen;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What benchmarks hold, as hashes: n-grams of words, exact media, and small copies of pictures. An
 * item of at least {@code window} words is known by its n-grams of that many words; a shorter one
 * by those of {@code shortWindow}; one that is shorter still is counted and not looked for.
 *
 * <p>12 bytes a slot, at most 18 to 36 for each n-gram: the sets named in docs/training-data.md
 * take about 50 MB.
 */
public final class BenchmarkIndex {
  private static final int MOST_BENCHMARKS = 32; // bits of an int

  private final int window;
  private final int shortWindow;
  private final List<String> names = new ArrayList<>();
  private final HashTable grams = new HashTable();
  private final HashTable shortGrams = new HashTable();
  private final HashTable media = new HashTable();
  private final PictureIndex pictures = new PictureIndex();
  private long tooShort;

  /**
   * An empty index.
   *
   * @param window words of an n-gram: 13 is what GPT-3 was checked with, <a
   *     href="https://arxiv.org/abs/2005.14165">arXiv 2005.14165</a>, appendix C
   * @param shortWindow of items that are shorter; 8 is the least that GPT-3's took
   */
  public BenchmarkIndex(int window, int shortWindow) {
    if (shortWindow < 2 || window < shortWindow) {
      throw new IllegalArgumentException(
          "n-grams: expected at least 2 words, and fewer for short items, found %d and %d"
              .formatted(window, shortWindow));
    }
    this.window = window;
    this.shortWindow = shortWindow;
  }

  /** 13 words, and 8 for short items. */
  public static BenchmarkIndex standard() {
    return new BenchmarkIndex(13, 8);
  }

  /** Adds a benchmark. */
  public void add(Benchmark benchmark) {
    if (names.size() == MOST_BENCHMARKS) {
      throw new IllegalStateException("an index holds at most 32 benchmarks");
    }
    int number = names.size();
    names.add(benchmark.name());
    for (Benchmark.Item item : benchmark.items()) {
      switch (item) {
        case Benchmark.Item.Words(String text) -> words(text, 1 << number);
        case Benchmark.Item.Shown(Medium medium) -> medium(medium, number);
      }
    }
  }

  private void words(String text, int bit) {
    long[] words = Hash.of(Words.plain(text));
    if (words.length >= window) {
      grams(words, window, grams, bit);
    } else if (words.length >= shortWindow) {
      grams(words, shortWindow, shortGrams, bit);
    } else {
      tooShort++;
    }
  }

  private static void grams(long[] words, int count, HashTable table, int bit) {
    for (int i = 0; i + count <= words.length; i++) {
      table.add(Hash.gram(words, i, count), bit);
    }
  }

  private void medium(Medium medium, int number) {
    media.add(Hash.of(medium), 1 << number);
    if (medium instanceof Medium.Picture(RgbImage image)) {
      pictures.add(image, number);
    }
  }

  /** What of the benchmarks is in a text. */
  Overlap find(String text) {
    List<String> plain = Words.plain(text);
    long[] words = Hash.of(plain);
    Overlap overlap = find(words, plain, window, grams);
    return overlap.and(find(words, plain, shortWindow, shortGrams));
  }

  private static Overlap find(long[] words, List<String> plain, int count, HashTable table) {
    int bits = 0;
    int found = 0;
    int first = -1;
    for (int i = 0; i + count <= words.length; i++) {
      int here = table.bits(Hash.gram(words, i, count));
      if (here != 0) {
        bits |= here;
        found++;
        first = first < 0 ? i : first;
      }
    }
    return new Overlap(
        bits, found, first < 0 ? "" : String.join(" ", plain.subList(first, first + count)));
  }

  /** Which benchmarks hold a medium, or a picture that looks the same. */
  Overlap find(Medium medium) {
    int exact = media.bits(Hash.of(medium));
    if (exact != 0) {
      return new Overlap(exact, 1, "the same bytes");
    }
    OptionalInt owner =
        medium instanceof Medium.Picture(RgbImage image)
            ? pictures.find(image)
            : OptionalInt.empty();
    return owner.isPresent()
        ? new Overlap(1 << owner.getAsInt(), 1, "a picture that looks the same")
        : Overlap.NONE;
  }

  /** The names of the benchmarks whose bits are set. */
  List<String> names(int bits) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if ((bits >>> i & 1) == 1) {
        found.add(names.get(i));
      }
    }
    return found;
  }

  /** All benchmarks, in the order they were added. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** How many different n-grams are looked for. */
  public long grams() {
    return (long) grams.size() + shortGrams.size();
  }

  /** Items of too few words to be looked for. */
  public long tooShort() {
    return tooShort;
  }

  /**
   * What was found.
   *
   * @param bits of the benchmarks
   * @param count how many n-grams
   * @param first the first of them
   */
  record Overlap(int bits, int count, String first) {
    static final Overlap NONE = new Overlap(0, 0, "");

    Overlap and(Overlap other) {
      return new Overlap(
          bits | other.bits, count + other.count, first.isEmpty() ? other.first : first);
    }
  }
}
