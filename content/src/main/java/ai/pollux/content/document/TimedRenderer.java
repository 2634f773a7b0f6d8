package ai.pollux.content.document;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** PDFBox's renderer, ended by a clock. */
final class TimedRenderer extends PDFRenderer {
  private final PdfClock clock;

  TimedRenderer(PDDocument document, PdfClock clock) {
    super(document);
    this.clock = clock;
    setSubsamplingAllowed(true); // a scan of 600 dpi is not decoded in full
  }

  @Override
  protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
    return new TimedDrawer(parameters, clock);
  }

  private static final class TimedDrawer extends PageDrawer {
    private final PdfClock clock;

    TimedDrawer(PageDrawerParameters parameters, PdfClock clock) throws IOException {
      super(parameters);
      this.clock = clock;
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      clock.check();
      super.processOperator(operator, operands);
    }
  }
}
