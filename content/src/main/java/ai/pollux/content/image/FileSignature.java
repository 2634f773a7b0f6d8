package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a file is, told by its first bytes: neither its name nor the MIME type that it was sent with
 * counts.
 */
final class FileSignature {
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "hevc", "heim", "mif1");
  private static final int BRAND_BYTES = 256;

  /** Bytes that a kind of file begins with, and what people call it. */
  private record Known(String title, int at, String bytes) {}

  private static final List<Known> OTHERS =
      List.of(
          new Known("a PDF document", 0, "%PDF-"),
          new Known("a TIFF picture", 0, "II*\0"),
          new Known("a TIFF picture", 0, "MM\0*"),
          new Known("a Photoshop picture", 0, "8BPS"),
          new Known("a JPEG XL picture", 0, "\0\0\0\fJXL "),
          new Known("a JPEG XL picture", 0, "\u00FF\n"),
          new Known("a JPEG 2000 picture", 0, "\0\0\0\fjP  "),
          new Known("an icon", 0, "\0\0\1\0"),
          new Known("a sound (wav)", 8, "WAVE"),
          new Known("a video (avi)", 8, "AVI "),
          new Known("a video (mkv or webm)", 0, "\u001AE\u00DF\u00A3"),
          new Known("a sound (ogg)", 0, "OggS"),
          new Known("a sound (flac)", 0, "fLaC"),
          new Known("a sound (mp3)", 0, "ID3"),
          new Known("a zip archive or an office document", 0, "PK\3\4"),
          new Known("a gzip archive", 0, "\u001F\u008B"),
          new Known("an HTML page", 0, "<!DOCTYPE html"),
          new Known("an HTML page", 0, "<html"),
          new Known("an SVG drawing", 0, "<svg"),
          new Known("an XML text", 0, "<?xml"));

  private FileSignature() {}

  /**
   * The kind of image.
   *
   * @throws MediaException for everything else, with what it seems to be
   */
  static ImageType image(FileBytes file) {
    if (file.spells(0, "\u00FF\u00D8\u00FF")) {
      return ImageType.JPEG;
    }
    if (file.spells(0, "\u0089PNG\r\n\u001A\n")) {
      return ImageType.PNG;
    }
    if (file.spells(0, "RIFF") && file.spells(8, "WEBP")) {
      return ImageType.WEBP;
    }
    if (file.spells(0, "GIF87a") || file.spells(0, "GIF89a")) {
      return ImageType.GIF;
    }
    if (file.spells(0, "BM") && file.spells(6, "\0\0\0\0")) {
      return ImageType.BMP;
    }
    if (hasBrand(file, AVIF_BRANDS)) {
      return ImageType.AVIF;
    }
    throw new MediaException(
        "Expected an image, found %s. Send JPEG, PNG, WebP, GIF, BMP or AVIF."
            .formatted(description(file)));
  }

  private static String description(FileBytes file) {
    if (file.length() == 0) {
      return "an empty file";
    }
    for (Known known : OTHERS) {
      if (file.spells(known.at(), known.bytes())) {
        return known.title();
      }
    }
    if (hasBrand(file, HEIC_BRANDS)) {
      return "a HEIC picture";
    }
    if (file.spells(4, "ftyp")) {
      return "a video or a sound (" + file.text(8, 4).strip() + ")";
    }
    return isText(file)
        ? "text of %d bytes".formatted(file.length())
        : "%d bytes that begin with %s"
            .formatted(
                file.length(),
                HexFormat.ofDelimiter(" ").formatHex(file.array(), 0, Math.min(8, file.length())));
  }

  /** Whether an ISO media file says that it has one of these brands. */
  private static boolean hasBrand(FileBytes file, Set<String> brands) {
    if (!file.spells(4, "ftyp") || file.length() < 12) {
      return false;
    }
    int end = Math.min(Math.min(file.i32(0), BRAND_BYTES), file.length());
    for (int at = 8; at + 4 <= end; at += 4) {
      if (at != 12 && brands.contains(file.text(at, 4))) { // at 12: the minor version
        return true;
      }
    }
    return false;
  }

  private static boolean isText(FileBytes file) {
    for (int i = 0; i < Math.min(64, file.length()); i++) {
      int each = file.u8(i);
      if (each < ' ' && each != '\n' && each != '\r' && each != '\t') {
        return false;
      }
    }
    return true;
  }
}
