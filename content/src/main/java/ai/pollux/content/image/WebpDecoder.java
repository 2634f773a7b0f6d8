package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.luciad.imageio.webp.WebPReader;
import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Google's libwebp. It gives the whole picture at once, four bytes a pixel, and once more in native
 * memory; so where a picture would be held reduced, or is larger than half of what may be held,
 * libwebp reduces it while it decodes.
 */
final class WebpDecoder {
  private WebpDecoder() {}

  static RgbImage read(FileBytes file, ReadLimits limits) {
    WebpHeader header = WebpHeader.read(file);
    limits.checkSize(ImageType.WEBP, header.width(), header.height());
    limits.checkSize(ImageType.WEBP, header.frameWidth(), header.frameHeight());
    if (header.isLossless(file)) {
      limits.checkDecoder(
          "A lossless WebP image",
          header.frameWidth(),
          header.frameHeight(),
          4L * header.frameWidth() * header.frameHeight());
    }
    int factor = limits.halved().reduction(header.width(), header.height());
    int width = Math.ceilDiv(header.width(), factor);
    int height = Math.ceilDiv(header.height(), factor);
    BufferedImage frame = decode(header.frame(file), header, factor);
    byte[] rgb = new byte[3 * width * height];
    paste(frame, header.left() / factor, header.top() / factor, width, height, rgb);
    return header
        .orientation()
        .apply(new RgbImage(width, height, rgb, header.width(), header.height()));
  }

  private static BufferedImage decode(FileBytes file, WebpHeader header, int factor) {
    WebPReader reader = new WebPReader(new WebPImageReaderSpi());
    try (ByteArrayInput input = new ByteArrayInput(file.array())) {
      reader.setInput(input, true, true);
      WebPReadParam how = reader.getDefaultReadParam();
      if (factor > 1) {
        how.setUseScaling(true);
        how.setScaledWidth(Math.ceilDiv(header.frameWidth(), factor));
        how.setScaledHeight(Math.ceilDiv(header.frameHeight(), factor));
      }
      return reader.read(0, how);
    } catch (IOException | RuntimeException e) { // the reader throws both for damaged files
      throw new MediaException(
          "The WebP image of %d x %d pixels is damaged or cut off: %s. Send the whole file, or save it again."
              .formatted(header.width(), header.height(), e.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** Copies the frame to its place on the canvas, which is black. */
  private static void paste(
      BufferedImage frame, int left, int top, int width, int height, byte[] rgb) {
    int columns = Math.min(frame.getWidth(), width - left);
    int[] row = new int[frame.getWidth()];
    for (int y = 0; y < Math.min(frame.getHeight(), height - top); y++) {
      frame.getRGB(0, y, frame.getWidth(), 1, row, 0, frame.getWidth());
      int at = 3 * ((top + y) * width + left);
      for (int x = 0; x < columns; x++) {
        rgb[at++] = (byte) (row[x] >> 16);
        rgb[at++] = (byte) (row[x] >> 8);
        rgb[at++] = (byte) row[x];
      }
    }
  }
}
