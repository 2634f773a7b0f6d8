package ai.pollux.train.data.source;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a recording of the Free Spoken Digit Dataset: {@code digit_speaker_index.wav}.
 * Indices 0 to 4 are its test split.
 */
public record SpokenDigit(String digit, String speaker, int index) {
  /** The first recording of each digit and speaker that may be learned from. */
  public static final int FIRST_OF_TRAINING = 5;

  private static final Pattern NAME = Pattern.compile("(\\d)_([^_]+)_(\\d+)\\.wav");

  /** What a file's name says; empty where it is another name. */
  public static Optional<SpokenDigit> of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new SpokenDigit(name.group(1), name.group(2), Integer.parseInt(name.group(3))))
        : Optional.empty();
  }

  /** The digit of a recording for training; empty for the test split. */
  public static Optional<String> forTraining(Path file) {
    return of(file).filter(name -> name.index() >= FIRST_OF_TRAINING).map(SpokenDigit::digit);
  }

  /** The digit of a recording of the test split. */
  public static Optional<String> forTest(Path file) {
    return of(file).filter(name -> name.index() < FIRST_OF_TRAINING).map(SpokenDigit::digit);
  }
}
