package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.time.Duration;

/**
 * What reading one image may cost. Beside the file, a reader holds at most one strip of decoded
 * samples, the pixels, and the pixels a second time while it turns them upright; and what a decoder
 * has to keep by the format's nature.
 *
 * @param fileBytes length of a file
 * @param pixels pixels of a file, as its header says
 * @param side its longer side
 * @param heldPixels pixels that are kept: pictures with more are reduced by 2, 3, ... as they are
 *     decoded
 * @param stripBytes decoded samples that are held at a time
 * @param decoderBytes what a decoder may keep of the whole picture: coefficients of a progressive
 *     JPEG, pixels of a lossless WebP
 * @param time how long reading may take
 */
record ReadLimits(
    long fileBytes,
    long pixels,
    int side,
    long heldPixels,
    long stripBytes,
    long decoderBytes,
    Duration time) {
  private static final long MIB = 1 << 20;

  /**
   * 256 MiB of file and 65,535 pixels along a side (what JPEG can say); 32 megapixels held, in 96
   * MB; strips of 64 MB and decoders of 256 MiB.
   */
  static ReadLimits of(MediaLimits limits) {
    return new ReadLimits(
        256 * MIB, limits.pixels(), 65_535, 32_000_000, 64_000_000, 256 * MIB, limits.time());
  }

  /** Refuses a file for its length. */
  void checkFile(int bytes) {
    if (bytes > fileBytes) {
      throw new MediaException(
          "The image is a file of %d MiB; at most %d MiB are read. Send a smaller one."
              .formatted(bytes / MIB, fileBytes / MIB));
    }
  }

  /** Refuses a picture for the size that its header says. */
  void checkSize(ImageType type, long width, long height) {
    if (width < 1 || height < 1) {
      throw new MediaException(
          "The %s image says that it is %d x %d pixels: it has none. Save it again."
              .formatted(type, width, height));
    }
    if (width > side || height > side || width * height > pixels) {
      throw new MediaException(
          "The %s image is %d x %d pixels; at most %d pixels, and %d along a side, are read. Send a smaller one."
              .formatted(type, width, height, pixels, side));
    }
  }

  /** Refuses a picture for what its decoder would have to keep. */
  void checkDecoder(String what, int width, int height, long bytes) {
    if (bytes > decoderBytes) {
      throw new MediaException(
          "%s of %d x %d pixels takes %d MiB to decode; at most %d MiB are used. Save it as baseline JPEG, or smaller."
              .formatted(what, width, height, bytes / MIB, decoderBytes / MIB));
    }
  }

  /** These limits with half as many pixels held. */
  ReadLimits halved() {
    return new ReadLimits(fileBytes, pixels, side, heldPixels / 2, stripBytes, decoderBytes, time);
  }

  /** By how much a picture is reduced as it is decoded. */
  int reduction(int width, int height) {
    int factor = 1;
    while ((long) Math.ceilDiv(width, factor) * Math.ceilDiv(height, factor) > heldPixels) {
      factor++;
    }
    return factor;
  }
}
