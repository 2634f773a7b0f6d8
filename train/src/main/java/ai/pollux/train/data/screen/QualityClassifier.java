package ai.pollux.train.data.screen;

import ai.pollux.train.data.DataException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tells good text from bad: logistic regression over hashed words and pairs of words, in 2^{@value
 * #BITS} weights. Weights are kept as floats; the file takes 64 kB.
 */
public final class QualityClassifier {
  private static final int MAGIC = 0x504C5851;
  private static final int BITS = 14;
  private static final int EPOCHS = 10;
  private static final double RATE = 0.5;
  private static final double DECAY = 1e-4;

  private final float[] weights;

  private QualityClassifier(float[] weights) {
    this.weights = weights;
  }

  /**
   * Learns from examples by stochastic gradient descent; the same examples and seed give the same
   * weights.
   */
  public static QualityClassifier train(List<String> good, List<String> bad, long seed) {
    if (good.isEmpty() || bad.isEmpty()) {
      throw new DataException(
          "A classifier needs good and bad examples, found %d and %d."
              .formatted(good.size(), bad.size()));
    }
    int[][] features = new int[good.size() + bad.size()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = features(i < good.size() ? good.get(i) : bad.get(i - good.size()));
    }
    QualityClassifier classifier = new QualityClassifier(new float[(1 << BITS) + 1]);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[features.length];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (int at : order) {
        boolean isGood = at < good.size();
        // Either side counts as much as the other, however many examples it has.
        double share = (isGood ? good.size() : bad.size()) / (double) features.length;
        classifier.step(features[at], isGood ? 1 : 0, RATE / (1 + epoch) * 0.5 / share);
      }
    }
    return classifier;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
  }

  private void step(int[] features, double wanted, double rate) {
    double error = wanted - score(features);
    float change = (float) (rate * error / Math.sqrt(Math.max(1, features.length)));
    float kept = (float) (1 - rate * DECAY);
    for (int feature : features) {
      weights[feature] = weights[feature] * kept + change;
    }
    weights[weights.length - 1] += (float) (rate * error); // the bias
  }

  /** How likely the text is a good one, 0 to 1. */
  public double score(String text) {
    return score(features(text));
  }

  private double score(int[] features) {
    double sum = 0;
    for (int feature : features) {
      sum += weights[feature];
    }
    double z = sum / Math.sqrt(Math.max(1, features.length)) + weights[weights.length - 1];
    return 1 / (1 + Math.exp(-z));
  }

  /** Words and their pairs; marks of punctuation count as words. */
  private static int[] features(String text) {
    List<String> words = Words.spaced(text.replaceAll("([^\\p{L}\\p{N}\\s])", " $1 "));
    long[] hashes = Hash.of(words);
    int[] features = new int[Math.max(0, 2 * hashes.length - 1)];
    for (int i = 0; i < hashes.length; i++) {
      features[2 * i] = (int) (hashes[i] >>> (64 - BITS));
      if (i > 0) {
        features[2 * i - 1] = (int) (Hash.gram(hashes, i - 1, 2) >>> (64 - BITS));
      }
    }
    return features;
  }

  /** Writes it to a file. */
  public void save(Path file) {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(MAGIC);
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(4 * weights.length);
      bytes.asFloatBuffer().put(weights);
      out.write(bytes.array());
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  /**
   * Reads one from a file.
   *
   * @throws DataException where it is none
   */
  public static QualityClassifier load(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int magic = in.readInt();
      byte[] bytes = in.readAllBytes();
      int expected = 4 * ((1 << BITS) + 1);
      if (magic != MAGIC || bytes.length != expected) {
        throw new DataException(
            "%s: expected a quality classifier of %d bytes, found another file. Train it again."
                .formatted(file, 4 + expected));
      }
      float[] weights = new float[expected / 4];
      java.nio.ByteBuffer.wrap(bytes).asFloatBuffer().get(weights);
      return new QualityClassifier(weights);
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Leaves out texts that score less. */
  public Check check(double least) {
    return new TextCheck(
        "classifier",
        text -> {
          double score = score(text);
          return score < least
              ? java.util.Optional.of("scores %.2f, less than %.2f".formatted(score, least))
              : java.util.Optional.empty();
        });
  }
}
