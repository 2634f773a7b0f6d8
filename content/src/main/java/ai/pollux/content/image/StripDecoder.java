package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes a picture with the JDK's ImageIO, one strip of rows after the other, so that no more than
 * a strip of samples is held. A decoder begins each strip at the top again: K strips take about K/2
 * times as long as one. Nearly all pictures are one strip.
 *
 * @param type whose decoder is used
 * @param sampleBytes decoded bytes of a pixel
 * @param goesDownOnce whether rows come in order, and only once, as in all but interlaced files
 */
record StripDecoder(ImageType type, int width, int height, int sampleBytes, boolean goesDownOnce) {

  /** Rows of samples, and what they mean. */
  private record Strip(Raster raster, RowColors colors) {}

  /** How a strip is read. */
  private interface Read {
    Strip strip(ImageReader reader, ImageReadParam region) throws IOException;
  }

  /** Decodes samples of which we know what they mean. */
  void decode(FileBytes file, ReadLimits limits, RowColors colors, RowSink sink) {
    decode(file, limits, (reader, region) -> new Strip(reader.readRaster(0, region), colors), sink);
  }

  /** Decodes, and takes the decoder's word for what the samples mean. */
  void decode(FileBytes file, ReadLimits limits, RowSink sink) {
    decode(
        file,
        limits,
        (reader, region) -> {
          BufferedImage strip = reader.read(0, region);
          return new Strip(strip.getRaster(), ModelColors.of(strip.getColorModel()));
        },
        sink);
  }

  private void decode(FileBytes file, ReadLimits limits, Read read, RowSink sink) {
    ReadWatch watch = new ReadWatch(System.nanoTime() + limits.time().toNanos());
    int rows =
        (int) Math.clamp(limits.stripBytes() / ((long) sampleBytes * width), 1L, (long) height);
    for (int y = 0; y < height; y += rows) {
      Rectangle region = new Rectangle(0, y, width, Math.min(rows, height - y));
      if (goesDownOnce) {
        watch.stopBehind((y + region.height + 1.5) / height);
      }
      decode(file, region, watch, read, sink);
      check(watch, limits);
    }
  }

  /** A reader keeps what it decoded last, so each strip has one of its own. */
  private void decode(FileBytes file, Rectangle region, ReadWatch watch, Read read, RowSink sink) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(type.name()).next();
    try (ByteArrayInput input = new ByteArrayInput(file.array())) {
      reader.setInput(input, true, true);
      reader.addIIOReadProgressListener(watch);
      reader.addIIOReadWarningListener(watch);
      ImageReadParam how = reader.getDefaultReadParam();
      how.setSourceRegion(region);
      copy(read.strip(reader, how), region.height, sink);
    } catch (IOException | RuntimeException e) { // decoders of the JDK throw all kinds
      throw e instanceof MediaException ours ? ours : damaged(e);
    } finally {
      reader.dispose();
    }
  }

  private void copy(Strip strip, int count, RowSink sink) {
    if (strip.raster().getWidth() != width || strip.raster().getHeight() != count) {
      throw new MediaException(
          "The %s image says that it is %d x %d pixels, but has not as many. Save it again."
              .formatted(type, width, height));
    }
    byte[] rgb = new byte[3 * width];
    for (int y = 0; y < count; y++) {
      strip.colors().convert(strip.raster(), y, rgb);
      sink.row(rgb);
    }
  }

  private void check(ReadWatch watch, ReadLimits limits) {
    if (watch.isLate()) {
      throw new MediaException(
          "Reading the %s image of %d x %d pixels took longer than %d ms. Send a smaller one."
              .formatted(type, width, height, limits.time().toMillis()));
    }
    if (watch.isCut()) {
      throw new MediaException(
          "The %s image of %d x %d pixels is cut off: pixels are missing. Send the whole file."
              .formatted(type, width, height));
    }
  }

  private MediaException damaged(Exception e) {
    return new MediaException(
        "The %s image of %d x %d pixels is damaged or cut off: %s. Send the whole file, or save it again."
            .formatted(type, width, height, e.getMessage() == null ? e : e.getMessage()),
        e);
  }
}
