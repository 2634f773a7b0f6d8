package ai.pollux.content.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.testkit.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

final class PdfPagesTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();
  private static final int PIXELS = 280 * 48 * 48; // what Gemma 4 sees of an image

  @Test
  void readsTextAndPicturesOfTheSample() throws IOException {
    byte[] story = Files.readAllBytes(TestFiles.data("multimodal/genai-samples/story.pdf"));
    try (PdfPages pdf = PdfPages.open(story, LIMITS)) {
      assertThat(pdf.count()).isEqualTo(1);
      PdfPage page = pdf.page(1, PIXELS);
      assertThat(page.number()).isEqualTo(1);
      assertThat(page.text()).hasSizeGreaterThan(500);
      assertThat(page.width() * page.height()).isBetween(PIXELS * 98 / 100, PIXELS);
      assertThat(page.rgb()).hasSize(3 * page.width() * page.height());
      assertThat(page.rgb()).contains((byte) 0, (byte) 255); // ink and paper
    }
  }

  /** Found by {@link PdfFuzz}: PDFBox looks for pages that the file only counts. */
  @Test
  void aPageThatIsCountedButNotThereIsAClearError() throws IOException {
    byte[] file =
        PdfPagesTest.class.getResourceAsStream("/fuzz/pdf/page-tree-cut.pdf").readAllBytes();
    try (PdfPages pages = PdfPages.open(file, LIMITS)) {
      assertThatThrownBy(
              () -> {
                for (int number = 1; number <= pages.count(); number++) {
                  pages.page(number, 10_000);
                }
              })
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("the PDF is damaged or cut off");
    }
  }

  /** Found by {@link PdfFuzz}: each of several forms draws the next several times. */
  @Test
  void aPageThatIsDrawnForEverIsEndedByTheClock() throws IOException {
    byte[] file =
        PdfPagesTest.class
            .getResourceAsStream("/fuzz/pdf/found-forms-that-draw-forms.pdf")
            .readAllBytes();
    try (PdfPages pages = PdfPages.open(file, LIMITS.time(Duration.ofSeconds(2)))) {
      assertThatThrownBy(() -> pages.page(1, 10_000))
          .isInstanceOf(MediaException.class)
          .hasMessage("reading the PDF took longer than 2000 ms. Send a shorter or simpler one");
    }
  }

  @Test
  void readsTextAlone() throws IOException {
    try (PdfPages pdf = PdfPages.open(pages("Hello", "world"), LIMITS)) {
      assertThat(pdf.count()).isEqualTo(2);
      assertThat(pdf.page(1, 0).text()).isEqualTo("Hello");
      PdfPage second = pdf.page(2, 0);
      assertThat(second.text()).isEqualTo("world");
      assertThat(second.number()).isEqualTo(2);
      assertThat(second.rgb()).isEmpty();
    }
  }

  @Test
  void refusesTooManyPages() throws IOException {
    byte[] pdf = pages("one", "two", "three");
    assertThatThrownBy(() -> PdfPages.open(pdf, LIMITS.pages(2)))
        .isInstanceOf(MediaException.class)
        .hasMessage("the PDF has 3 pages; from 1 to 2 are read. Send a part of it");
  }

  @Test
  void refusesTooMuchText() throws IOException {
    MediaLimits ten = new MediaLimits(1, Duration.ZERO, 10, 10, Duration.ofMinutes(1));
    try (PdfPages pdf = PdfPages.open(pages("Hello", "everybody"), ten)) {
      assertThat(pdf.page(1, 0).text()).isEqualTo("Hello");
      assertThatThrownBy(() -> pdf.page(2, 0))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("more than 10 characters up to page 2");
    }
  }

  @Test
  void refusesALockedFile() throws IOException {
    ByteArrayOutputStream locked = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      document.save(locked);
    }
    assertThatThrownBy(() -> PdfPages.open(locked.toByteArray(), LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessage("the PDF is locked with a password. Send it unlocked");
  }

  @Test
  void refusesWhatIsNoPdf() throws IOException {
    byte[] whole = pages("Hello");
    List<byte[]> files =
        List.of(
            new byte[0],
            "hello".getBytes(StandardCharsets.UTF_8),
            "%PDF-1.7\n".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, 100));
    for (byte[] file : files) {
      assertThatThrownBy(() -> PdfPages.open(file, LIMITS)).isInstanceOf(MediaException.class);
    }
    assertThatThrownBy(() -> PdfPages.open(new byte[10], LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("damaged or cut off");
  }

  @Test
  void drawsAPageOfAnUnusualSize() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage(new PDRectangle(14_000, 1)));
      document.save(file);
    }
    try (PdfPages pdf = PdfPages.open(file.toByteArray(), LIMITS)) {
      PdfPage page = pdf.page(1, PIXELS);
      assertThat(page.width()).isBetween(8000, 8192);
      assertThat(page.height()).isEqualTo(1);
    }
  }

  private static byte[] pages(String... texts) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (String text : texts) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 24);
          content.newLineAtOffset(100, 600);
          content.showText(text);
          content.endText();
        }
      }
      document.save(file);
    }
    return file.toByteArray();
  }
}
