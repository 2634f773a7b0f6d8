package ai.pollux.library;

import ai.pollux.content.Part;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is written: pieces of text, once, for one thread. Closing it cancels what is not
 * written yet.
 *
 * {@snippet :
 * try (ReplyStream answer = pollux.ask("Tell me a story.").stream()) {
 *   answer.forEach(System.out::print);
 * }
 * }
 */
public final class ReplyStream implements Iterable<String>, AutoCloseable {
  private final Rounds rounds;

  ReplyStream(Rounds rounds) {
    this.rounds = rounds;
  }

  /** The next piece of text, thought or call; waits for it. Nothing at the end. */
  public Optional<Part> next() {
    return rounds.next();
  }

  /** The pieces of text that were not read yet. */
  @Override
  public Iterator<String> iterator() {
    return new Pieces();
  }

  /** The pieces of text that were not read yet. Closing the stream closes this. */
  public Stream<String> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  /** All of the answer; waits for what is not written yet. */
  public Reply reply() {
    while (next().isPresent()) {
      // Rounds keeps what was said.
    }
    return rounds.reply();
  }

  @Override
  public void close() {
    rounds.close();
  }

  /** Text alone. */
  private final class Pieces implements Iterator<String> {
    private @Nullable String piece;

    @Override
    public boolean hasNext() {
      while (piece == null) {
        Optional<Part> part = rounds.next();
        if (part.isEmpty()) {
          return false;
        }
        if (part.get() instanceof Part.Text(String text) && !text.isEmpty()) {
          piece = text;
        }
      }
      return true;
    }

    @Override
    public String next() {
      if (!hasNext() || piece == null) {
        throw new NoSuchElementException("the answer has ended: ask hasNext() first");
      }
      String text = piece;
      piece = null;
      return text;
    }
  }
}
