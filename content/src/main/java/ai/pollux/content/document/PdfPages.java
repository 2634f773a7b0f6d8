package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;

/**
 * The pages of a PDF, read by PDFBox in this process. A hostile file can make it take all memory
 * and time there is, so it belongs in a process of its own: see {@link
 * ai.pollux.content.reader.ReaderPool#pdf}. Owned by who opened it.
 */
public final class PdfPages implements AutoCloseable {
  private static final double LONGEST_SIDE = 8192;

  private final PDDocument document;
  private final PdfClock clock;
  private final TimedRenderer renderer;
  private final long mostCharacters;
  private long characters;

  private PdfPages(PDDocument document, PdfClock clock, long mostCharacters) {
    this.document = document;
    this.clock = clock;
    this.mostCharacters = mostCharacters;
    renderer = new TimedRenderer(document, clock);
  }

  /**
   * Reads a file's table of contents.
   *
   * @throws MediaException where it is no PDF, damaged, locked, or of too many pages
   */
  public static PdfPages open(byte[] bytes, MediaLimits limits) {
    PdfClock clock = new PdfClock(limits.time());
    try {
      PDDocument document = Loader.loadPDF(bytes);
      int pages = document.getNumberOfPages();
      if (pages < 1 || pages > limits.pages()) {
        document.close();
        throw new MediaException(
            "the PDF has "
                + pages
                + " pages; from 1 to "
                + limits.pages()
                + " are read. Send a part of it");
      }
      return new PdfPages(document, clock, limits.characters());
    } catch (InvalidPasswordException e) {
      throw new MediaException("the PDF is locked with a password. Send it unlocked", e);
    } catch (IOException | RuntimeException e) {
      throw broken(e);
    }
  }

  /** How many pages there are. */
  public int count() {
    return document.getNumberOfPages();
  }

  /**
   * A page.
   *
   * @param number counted from 1
   * @param pixels about how many its picture has; 0 for no picture
   */
  public PdfPage page(int number, int pixels) {
    try {
      TimedText stripper = new TimedText(clock);
      stripper.setStartPage(number);
      stripper.setEndPage(number);
      stripper.setLineSeparator("\n");
      String text = stripper.getText(document).strip();
      characters += text.length();
      if (characters > mostCharacters) {
        throw new MediaException(
            "the PDF has more than "
                + mostCharacters
                + " characters up to page "
                + number
                + ". Send a part of it");
      }
      return pixels == 0
          ? new PdfPage(number, text, 0, 0, new byte[0])
          : picture(number, text, pixels);
    } catch (IOException | RuntimeException e) {
      throw broken(e);
    }
  }

  private PdfPage picture(int number, String text, int pixels) throws IOException {
    PDRectangle box = document.getPage(number - 1).getCropBox();
    double area = Math.max(1, box.getWidth()) * (double) Math.max(1, box.getHeight());
    double scale =
        Math.min(
            Math.sqrt(pixels / area), LONGEST_SIDE / Math.max(box.getWidth(), box.getHeight()));
    BufferedImage image = renderer.renderImage(number - 1, (float) scale, ImageType.RGB);
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
    return new PdfPage(number, text, width, height, rgb);
  }

  /** PDFBox fails in many ways on files that break the rules. */
  private static MediaException broken(Exception e) {
    return e instanceof MediaException known
        ? known
        : new MediaException("the PDF is damaged or cut off: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      document.close();
    } catch (IOException e) {
      throw broken(e);
    }
  }
}
