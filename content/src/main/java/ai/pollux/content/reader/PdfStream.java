package ai.pollux.content.reader;

import ai.pollux.content.document.PdfPage;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The pages of a PDF, read in another process; one is in memory at a time. Owned by the one who
 * opened it; used by one thread at a time.
 */
public final class PdfStream implements Iterator<PdfPage>, AutoCloseable {
  private static final long MOST_PIXELS = 1 << 26; // the longest side is 8192
  private static final int UTF8 = 4; // bytes of a character at most

  private final OpenFile file;
  private final int pages;
  private int next = 1;

  PdfStream(OpenFile file, int pages) {
    this.file = file;
    this.pages = pages;
  }

  /** How many pages there are. */
  public int pages() {
    return pages;
  }

  @Override
  public boolean hasNext() {
    return next <= pages;
  }

  @Override
  public PdfPage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int number = next++;
    return file.next(
        number,
        in -> {
          String text = Reply.text(in, UTF8 * file.limits().characters());
          int width = in.readInt();
          int height = in.readInt();
          return new PdfPage(
              number, text, width, height, Reply.rgb(in, width, height, MOST_PIXELS));
        });
  }

  @Override
  public void close() {
    file.close();
  }
}
