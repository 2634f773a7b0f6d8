package ai.pollux.bench;

import ai.pollux.train.tokenizer.BpeProgress;
import ai.pollux.train.tokenizer.BpeSettings;
import ai.pollux.train.tokenizer.BpeTrainer;
import ai.pollux.train.tokenizer.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long it takes to learn a vocabulary, beside SentencePiece's BPE trainer in Python, which
 * learns the same pieces. Two threads each, turn and turn about, every run in a process of its own
 * that prints the seconds of training alone (ours with reading the files and a cold JVM, theirs
 * with the lines in memory); the medians are printed. The limit is reading the text once, a
 * fraction of a second: what is measured is hashing chunks and joining pairs.
 *
 * <p>Usage: {@code TokenizerTraining SENTENCEPIECE_BPE_PY ROUNDS VOCABULARY,... TEXT...}, where the
 * first is tools/golden/sentencepiece_bpe.py, run by the {@code python3} on the path.
 */
public final class TokenizerTraining {
  private static final String COVERAGE = "0.9995";

  private TokenizerTraining() {}

  /** Compares, or as its own child trains once. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 3) {
      System.err.println(
          "usage: TokenizerTraining SENTENCEPIECE_BPE_PY ROUNDS VOCABULARY,... TEXT...");
      System.exit(2);
    }
    if (args[0].equals("once")) {
      System.out.println(
          once(Integer.parseInt(args[1]), Arrays.asList(args).subList(2, args.length)));
      return;
    }
    List<String> texts = Arrays.asList(args).subList(3, args.length);
    int rounds = Integer.parseInt(args[1]);
    for (String size : args[2].split(",")) {
      List<String> ours =
          List.of(
              java(),
              "-cp",
              System.getProperty("java.class.path"),
              TokenizerTraining.class.getName(),
              "once",
              size);
      compare(rounds, size, ours, List.of("python3", args[0], size, COVERAGE, "-"), texts);
    }
  }

  private static void compare(
      int rounds, String size, List<String> ours, List<String> theirs, List<String> texts)
      throws IOException, InterruptedException {
    double[] pollux = new double[rounds];
    double[] sentencePiece = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      pollux[round] = seconds(ours, texts);
      sentencePiece[round] = seconds(theirs, texts);
    }
    long bytes = 0;
    for (String text : texts) {
      bytes += Files.size(Path.of(text));
    }
    System.out.printf(
        Locale.ROOT,
        "%.1f MB, %s pieces: Pollux %.2f s, SentencePiece %.2f s, ratio %.1f (all: %s, %s)%n",
        bytes / 1e6,
        size,
        median(pollux),
        median(sentencePiece),
        median(sentencePiece) / median(pollux),
        Arrays.toString(pollux),
        Arrays.toString(sentencePiece));
  }

  private static double once(int size, List<String> texts) {
    BpeSettings settings =
        BpeSettings.gemma4(size)
            .withCharacters(Double.parseDouble(COVERAGE), "")
            .withLimits(Integer.MAX_VALUE, 2);
    long start = System.nanoTime();
    new BpeTrainer(settings, BpeProgress.SILENT)
        .train(texts.stream().map(Path::of).flatMap(file -> TextFile.texts(file, 1)));
    return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
  }

  private static double seconds(List<String> command, List<String> texts)
      throws IOException, InterruptedException {
    List<String> whole = Stream.concat(command.stream(), texts.stream()).toList();
    Process process =
        new ProcessBuilder(new ArrayList<>(whole))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed, see above");
    }
    return Double.parseDouble(out.strip());
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
