package ai.pollux.content.document;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.text.PDFTextStripper;

/** PDFBox's reader of text, ended by a clock: a form that draws forms can take for ever. */
final class TimedText extends PDFTextStripper {
  private final PdfClock clock;

  TimedText(PdfClock clock) {
    this.clock = clock;
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    clock.check();
    super.processOperator(operator, operands);
  }
}
