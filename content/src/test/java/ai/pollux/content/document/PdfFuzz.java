package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.time.Duration;

/** Any bytes as a PDF, two pages of it, in this process. */
public final class PdfFuzz {
  private static final MediaLimits LIMITS = MediaLimits.standard().time(Duration.ofSeconds(5));

  private PdfFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (PdfPages pages = PdfPages.open(file, LIMITS)) {
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
