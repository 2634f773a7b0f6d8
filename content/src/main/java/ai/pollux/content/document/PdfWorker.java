package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The process that {@link PdfFile} starts: a PDF comes in on the standard input, its pages go out
 * on the standard output.
 *
 * <p>What goes out is, each with a byte before it: {@link #COUNT} and the number of pages; {@link
 * #PAGE}, its text, width, height and bytes; or {@link #FAILURE} and a message, and nothing more.
 * Texts and bytes come after their length.
 */
final class PdfWorker {
  static final int COUNT = 'C';
  static final int PAGE = 'P';
  static final int FAILURE = 'F';

  private PdfWorker() {}

  /** Arguments: pixels of a page, most pages, most characters. */
  public static void main(String[] arguments) throws IOException {
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err); // nobody else may write there
    int pixels = Integer.parseInt(arguments[0]);
    MediaLimits limits =
        new MediaLimits(
            0,
            Duration.ZERO,
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Duration.ZERO);
    byte[] file = System.in.readAllBytes();
    try (PdfPages pages = PdfPages.open(file, limits)) {
      out.writeByte(COUNT);
      out.writeInt(pages.count());
      for (int number = 1; number <= pages.count(); number++) {
        PdfPage page = pages.page(number, pixels);
        out.writeByte(PAGE);
        write(out, page.text().getBytes(StandardCharsets.UTF_8));
        out.writeInt(page.width());
        out.writeInt(page.height());
        write(out, page.rgb());
        out.flush();
      }
    } catch (MediaException e) {
      out.writeByte(FAILURE);
      write(out, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException | StackOverflowError e) {
      out.writeByte(FAILURE);
      write(out, ("the PDF is damaged: " + e).getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
