package ai.pollux.content.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A PDF that takes all memory there is. */
final class PictureBomb {
  private PictureBomb() {}

  /** A page with a picture of 676 megapixels, all black, in three megabytes. */
  static byte[] pdf() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      COSStream image = document.getDocument().createCOSStream();
      image.setItem(COSName.TYPE, COSName.XOBJECT);
      image.setItem(COSName.SUBTYPE, COSName.IMAGE);
      image.setInt(COSName.WIDTH, 26_000);
      image.setInt(COSName.HEIGHT, 26_000);
      image.setInt(COSName.BITS_PER_COMPONENT, 8);
      image.setItem(COSName.COLORSPACE, COSName.DEVICEGRAY);
      image.setItem(COSName.FILTER, COSName.FLATE_DECODE);
      Deflater fast = new Deflater(Deflater.BEST_SPEED);
      try (OutputStream raw = image.createRawOutputStream();
          OutputStream out = new DeflaterOutputStream(raw, fast, 1 << 16)) {
        for (int i = 0; i < 26; i++) {
          out.write(new byte[26_000_000]);
        }
      }
      fast.end();
      PDPage page = new PDPage();
      document.addPage(page);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("Im"), new PDImageXObject(new PDStream(image), resources));
      page.setResources(resources);
      PDStream content = new PDStream(document);
      try (OutputStream out = content.createOutputStream()) {
        out.write("q 600 0 0 600 0 0 cm /Im Do Q".getBytes(StandardCharsets.US_ASCII));
      }
      page.setContents(content);
      document.save(file);
    }
    return file.toByteArray();
  }
}
