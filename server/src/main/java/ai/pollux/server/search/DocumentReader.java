package ai.pollux.server.search;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.MediaType;
import ai.pollux.content.document.PdfPage;
import ai.pollux.content.document.TextFile;
import ai.pollux.content.reader.PdfStream;
import ai.pollux.content.reader.ReaderPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;

/**
 * The text of files: PDF page by page, read in another process; HTML without its tags; all other
 * text as it stands. Owns the processes; closing it ends them.
 */
public final class DocumentReader implements AutoCloseable {
  private final ReaderPool pool = new ReaderPool();

  /**
   * The text of a file.
   *
   * @param mimeType as it was declared; may be empty
   * @throws MediaException if it has none
   */
  List<Page> read(byte[] file, String mimeType) {
    MediaType type = MediaType.of(file, mimeType);
    List<Page> pages =
        switch (type.kind()) {
          case PDF -> pdf(file);
          case TEXT -> List.of(new Page(0, text(file, mimeType)));
          case IMAGE, AUDIO, VIDEO, UNKNOWN ->
              throw new MediaException(
                  "expected text, HTML, Markdown, JSON or a PDF, found %s of %d bytes. Send its text"
                      .formatted(type.name(), file.length));
        };
    if (pages.stream().allMatch(page -> page.text().isBlank())) {
      throw new MediaException("the file has no text. Send one with text in it");
    }
    return pages;
  }

  private List<Page> pdf(byte[] file) {
    List<Page> pages = new ArrayList<>();
    try (PdfStream pdf = pool.pdf(file, 0, MediaLimits.standard())) {
      while (pdf.hasNext()) {
        PdfPage page = pdf.next();
        pages.add(new Page(page.number(), page.text()));
      }
    }
    return pages;
  }

  private static String text(byte[] file, String mimeType) {
    String text = TextFile.read(file, mimeType, MediaLimits.standard());
    String type = mimeType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") || type.startsWith("application/xhtml")
        ? Jsoup.parse(text).wholeText()
        : text;
  }

  @Override
  public void close() {
    pool.close();
  }
}
