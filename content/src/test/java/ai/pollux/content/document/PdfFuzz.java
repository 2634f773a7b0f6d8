package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;

/**
 * For Jazzer: any bytes as a PDF, two pages of it, in this process; anything but a {@link
 * MediaException} is a finding.
 */
public final class PdfFuzz {
  private PdfFuzz() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (PdfPages pages = PdfPages.open(file, MediaLimits.standard())) {
      for (int number = 1; number <= Math.min(2, pages.count()); number++) {
        pages.page(number, 10_000);
      }
    } catch (MediaException e) {
      if (e.getMessage().isEmpty()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }
}
