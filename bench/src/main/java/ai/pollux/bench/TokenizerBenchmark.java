package ai.pollux.bench;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Encode speed of one thread, beside Hugging Face's tokenizers (through DJL, whose arrays are part
 * of its time) on the same {@code tokenizer.json} and text, and one 1 MB chunk without a place to
 * cut. Rounds alternate between the two; the medians are printed. The limit is reading the text
 * once, gigabytes a second: what is measured is table look-ups.
 *
 * <p>Usage: {@code TokenizerBenchmark TEXT TOKENIZER_JSON...}
 */
public final class TokenizerBenchmark {
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 5;

  private TokenizerBenchmark() {}

  /** Measures every tokenizer named behind the text. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: TokenizerBenchmark TEXT TOKENIZER_JSON...");
      System.exit(2);
    }
    String text = Files.readString(Path.of(args[0]));
    for (String file : Arrays.asList(args).subList(1, args.length)) {
      long start = System.nanoTime();
      Tokenizer ours = Tokenizers.fromTokenizerJson(Path.of(file));
      double loadMillis = (System.nanoTime() - start) / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%s (%d pieces, read in %.0f ms)%n",
          file,
          ours.vocabularySize(),
          loadMillis);
      Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false");
      try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(Path.of(file), options)) {
        compare("text", text, ours, theirs);
        compare("letters", "a".repeat(1 << 18), ours, theirs);
      }
    }
  }

  private static void compare(
      String name, String text, Tokenizer ours, HuggingFaceTokenizer theirs) {
    int[] ids = ours.encodeWithSpecials(text);
    int[] expected = narrowed(theirs.encode(text, false, false).getIds());
    ToIntFunction<String> pollux = each -> ours.encodeWithSpecials(each).length;
    ToIntFunction<String> huggingFace = each -> theirs.encode(each, false, false).getIds().length;
    double[] first = new double[ROUNDS];
    double[] second = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double polluxSeconds = seconds(pollux, text);
      double huggingFaceSeconds = seconds(huggingFace, text);
      if (round >= 0) {
        first[round] = polluxSeconds;
        second[round] = huggingFaceSeconds;
      }
    }
    double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
    System.out.printf(
        Locale.ROOT,
        "  %-8s %.2f MB, %d ids (%s): Pollux %.1f MB/s, Hugging Face %.1f MB/s, ratio %.1f%n",
        name,
        megabytes,
        ids.length,
        Arrays.equals(ids, expected) ? "the same" : "DIFFERENT",
        megabytes / median(first),
        megabytes / median(second),
        median(second) / median(first));
  }

  private static double seconds(ToIntFunction<String> encode, String text) {
    long start = System.nanoTime();
    if (encode.applyAsInt(text) == 0) {
      throw new IllegalStateException("no ids");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static int[] narrowed(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
