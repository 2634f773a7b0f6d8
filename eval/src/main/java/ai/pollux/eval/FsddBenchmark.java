package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.world.sound.SoundTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spoken digits: the official test split of the Free Spoken Digit Dataset, recordings 0 to 4 of
 * each speaker and digit.
 */
public final class FsddBenchmark implements Benchmark {
  private static final Pattern NAME = Pattern.compile("(\\d)_(\\w+)_(\\d+)\\.wav");
  private static final int FIRST_FOR_TRAINING = 5;

  private final List<Path> recordings;

  /**
   * Those of a folder.
   *
   * @param folder with {@code recordings/DIGIT_SPEAKER_INDEX.wav}, or those files themselves
   */
  public FsddBenchmark(Path folder) {
    Path inner = folder.resolve("recordings");
    Path where = Files.isDirectory(inner) ? inner : folder;
    try (Stream<Path> files = Files.list(where)) {
      recordings = files.filter(FsddBenchmark::isTest).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(where + ": cannot be listed", e);
    }
    if (recordings.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected recordings named DIGIT_SPEAKER_INDEX.wav with index 0 to 4, found none"
              .formatted(where));
    }
  }

  private static boolean isTest(Path file) {
    return name(file)
        .filter(name -> Integer.parseInt(name.group(3)) < FIRST_FOR_TRAINING)
        .isPresent();
  }

  private static Optional<Matcher> name(Path file) {
    return Optional.of(NAME.matcher(file.getFileName().toString())).filter(Matcher::matches);
  }

  @Override
  public String name() {
    return "fsdd";
  }

  @Override
  public int size() {
    return recordings.size();
  }

  @Override
  public Question question(int index) {
    Path file = recordings.get(index);
    Matcher name = name(file).orElseThrow();
    String digit = name.group(1);
    try {
      Media sound = new Media("audio/wav", Files.readAllBytes(file));
      return Question.inWords(
          file.getFileName().toString(),
          name.group(2),
          new Conversation(
              List.of(),
              List.of(
                  new Turn(
                      Turn.Role.USER,
                      List.of(new Part.Audio(sound), new Part.Text(SoundTasks.DIGIT)))),
              List.of()),
          digit,
          answer -> Digits.only(answer).equals(digit));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }
}
