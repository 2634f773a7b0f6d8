package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import java.time.Duration;

/** How long reading a PDF may take, from now on. Looked at before each drawing operation. */
final class PdfClock {
  private final Duration limit;
  private final long deadline;

  PdfClock(Duration limit) {
    this.limit = limit;
    deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * Goes on only while there is time.
   *
   * @throws MediaException if there is none
   */
  void check() {
    if (System.nanoTime() - deadline > 0) {
      throw new MediaException(
          "reading the PDF took longer than %d ms. Send a shorter or simpler one"
              .formatted(limit.toMillis()));
    }
  }
}
