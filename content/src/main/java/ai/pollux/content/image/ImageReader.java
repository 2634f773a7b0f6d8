package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.ffmpeg.Av1Still;
import ai.pollux.content.ffmpeg.RgbFrame;
import java.util.Arrays;

/**
 * Reads pictures: JPEG (gray, RGB, CMYK; baseline and progressive), PNG (all kinds), WebP, GIF and
 * animated WebP (their first frame), BMP and AVIF. May be used by many threads; nothing to close.
 *
 * <p>Colours are taken as they are stored, as the reference library does: no colour profile is
 * applied, gray is repeated, alpha is dropped and not blended. Of 16 bits the high 8 are taken (the
 * reference cuts gray ones off at 255, which leaves them white). EXIF's orientation is applied.
 *
 * <p>A picture of more than 32 megapixels is reduced by a whole factor while it is decoded. Beside
 * the file, reading takes at most 200 MB of heap; and up to 256 MiB of native memory for a
 * progressive JPEG, a lossless WebP or an AVIF.
 */
public final class ImageReader {
  private final MediaLimits media;
  private final ReadLimits limits;

  /** A reader that refuses what would cost more. */
  public ImageReader(MediaLimits limits) {
    this(limits, ReadLimits.of(limits));
  }

  ImageReader(MediaLimits media, ReadLimits limits) {
    this.media = media;
    this.limits = limits;
  }

  /**
   * Reads a picture, whatever MIME type it was sent with.
   *
   * @throws MediaException where it is no picture, is damaged or cut off, or costs more than the
   *     limits allow; fit for the person who sent it
   */
  public RgbImage read(byte[] file) {
    limits.checkFile(file.length);
    FileBytes bytes = new FileBytes(file);
    return switch (FileSignature.image(bytes)) {
      case JPEG -> jpeg(bytes);
      case PNG -> png(bytes);
      case WEBP -> WebpDecoder.read(bytes, limits);
      case GIF -> gif(bytes);
      case BMP -> bmp(bytes);
      case AVIF -> avif(bytes);
    };
  }

  private RgbImage jpeg(FileBytes file) {
    JpegHeader header = JpegHeader.read(file);
    Reduction pixels = reduction(ImageType.JPEG, header.width(), header.height());
    limits.checkDecoder(
        "A progressive JPEG image", header.width(), header.height(), header.coefficientBytes());
    new StripDecoder(ImageType.JPEG, header.width(), header.height(), header.components(), false)
        .decode(file, limits, header.colors(), pixels);
    return header.orientation().apply(pixels.image());
  }

  private RgbImage png(FileBytes file) {
    PngHeader header = PngHeader.read(file);
    Reduction pixels = reduction(ImageType.PNG, header.width(), header.height());
    new StripDecoder(
            ImageType.PNG,
            header.width(),
            header.height(),
            header.sampleBytes(),
            !header.isInterlaced())
        .decode(file, limits, pixels);
    return header.orientation().apply(pixels.image());
  }

  private RgbImage gif(FileBytes file) {
    GifHeader header = GifHeader.read(file);
    limits.checkSize(ImageType.GIF, header.frameWidth(), header.frameHeight());
    Reduction pixels = reduction(ImageType.GIF, header.width(), header.height());
    byte[] row = new byte[3 * header.width()];
    for (int y = 0; y < header.top(); y++) {
      pixels.row(row);
    }
    new StripDecoder(ImageType.GIF, header.frameWidth(), header.frameHeight(), 1, false)
        .decode(
            file,
            limits,
            frame -> {
              System.arraycopy(frame, 0, row, 3 * header.left(), frame.length);
              pixels.row(row);
            });
    Arrays.fill(row, (byte) 0);
    for (int y = header.top() + header.frameHeight(); y < header.height(); y++) {
      pixels.row(row);
    }
    return pixels.image();
  }

  private RgbImage bmp(FileBytes file) {
    BmpHeader header = BmpHeader.read(file);
    limits.checkSize(ImageType.BMP, header.width(), header.height());
    int width = (int) header.width();
    int height = (int) header.height();
    Reduction pixels = reduction(ImageType.BMP, width, height);
    new StripDecoder(ImageType.BMP, width, height, 4, false).decode(file, limits, pixels);
    return pixels.image();
  }

  /** The decoder gives all pixels at once, so that the most that are held are the most it reads. */
  private RgbImage avif(FileBytes file) {
    AvifFile avif = AvifFile.read(file);
    limits.checkSize(ImageType.AVIF, avif.width(), avif.height());
    long most = Math.min(media.pixels(), limits.heldPixels());
    RgbFrame frame = Av1Still.decode(avif.units(), media.pixels(most));
    return avif.orientation().apply(new RgbImage(frame.width(), frame.height(), frame.rgb()));
  }

  private Reduction reduction(ImageType type, int width, int height) {
    limits.checkSize(type, width, height);
    return new Reduction(width, height, limits.reduction(width, height));
  }
}
