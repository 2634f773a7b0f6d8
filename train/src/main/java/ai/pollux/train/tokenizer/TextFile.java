package ai.pollux.train.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A file of UTF-8 as texts of some hundred kilobytes, cut behind runs of newlines, so that cutting
 * changes no count. Memory does not grow with the file, unless it has no newlines.
 */
public final class TextFile {
  private static final int BLOCK = 1 << 18;
  private static final int MOST_WITHOUT_NEWLINE = 1 << 26;

  private TextFile() {}

  /**
   * The texts of a file, each with a weight. Close the stream, or let {@link BpeTrainer#train} do
   * it.
   *
   * @throws TokenizerTrainingException now or while reading, where the file cannot be read or is
   *     not UTF-8, with the place
   */
  public static Stream<TrainingText> texts(Path file, long weight) {
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Iterator<TrainingText> blocks = new Blocks(file, weight, in);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(blocks, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(() -> close(in));
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TokenizerTrainingException unreadable(Path file, IOException e) {
    return new TokenizerTrainingException(
        file + ": expected a readable text, found " + e + ". Check the path.", e);
  }

  private static final class Blocks implements Iterator<TrainingText> {
    private final Path file;
    private final long weight;
    private final InputStream in;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    private final CharBuffer characters = CharBuffer.allocate(BLOCK);
    private final StringBuilder pending = new StringBuilder();
    private long offset; // of the first byte in the buffer
    private long line = 1; // in which pending begins
    private int searched; // pending has no place to cut up to here
    private boolean atEnd;

    Blocks(Path file, long weight, InputStream in) {
      this.file = file;
      this.weight = weight;
      this.in = in;
    }

    @Override
    public boolean hasNext() {
      while (!atEnd && cut() == 0) {
        read();
      }
      return pending.length() > 0;
    }

    @Override
    public TrainingText next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = atEnd ? pending.length() : cut();
      String text = pending.substring(0, end);
      pending.delete(0, end);
      searched = 0;
      line += text.chars().filter(each -> each == '\n').count();
      return new TrainingText(file.toString(), text, weight);
    }

    /** Where to cut what is pending: behind newlines; 0 where more has to be read. */
    private int cut() {
      if (pending.length() < BLOCK) {
        return 0;
      }
      for (int i = pending.length() - 1; i > searched; i--) {
        if (pending.charAt(i) != '\n' && pending.charAt(i - 1) == '\n') {
          return i;
        }
      }
      searched = pending.length() - 1;
      int end = pending.length() - 1;
      return end < MOST_WITHOUT_NEWLINE
          ? 0
          : end - (Character.isLowSurrogate(pending.charAt(end)) ? 1 : 0);
    }

    private void read() {
      try {
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        atEnd = count < 0;
        bytes.position(bytes.position() + Math.max(0, count));
      } catch (IOException e) {
        throw unreadable(file, e);
      }
      bytes.flip();
      CoderResult result = decoder.decode(bytes, characters, atEnd);
      pending.append(characters.flip());
      characters.clear();
      if (result.isError()) {
        throw malformed();
      }
      offset += bytes.position();
      bytes.compact();
    }

    private TokenizerTrainingException malformed() {
      long at = offset + bytes.position();
      long inLine = line + pending.chars().filter(each -> each == '\n').count();
      return new TokenizerTrainingException(
          "%s, byte %d (line %d): expected UTF-8, found 0x%02X. Convert the file to UTF-8 or leave it out."
              .formatted(file, at, inLine, bytes.get(bytes.position())));
    }
  }
}
