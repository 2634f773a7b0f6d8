package ai.pollux.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no pictures, are damaged, or were made to do harm. */
@Timeout(30)
final class HostileImageTest {
  private final ImageReader reader = new ImageReader(MediaLimits.standard());

  @ParameterizedTest
  @CsvSource({
    "%PDF-1.7,a PDF document",
    "'',an empty file",
    "hello,text of 5 bytes",
    "<svg xmlns=,an SVG drawing",
    "RIFF....WAVEfmt,a sound (wav)",
    "....ftypheic,a HEIC picture",
    "....ftypisom,a video or a sound (isom)",
  })
  void whatIsNoImageIsNamed(String begin, String name) {
    byte[] file = begin.getBytes(StandardCharsets.ISO_8859_1);
    if (begin.contains("ftyp")) {
      System.arraycopy(new byte[] {0, 0, 0, 24}, 0, file, 0, 4);
    }
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "Expected an image, found " + name + ". Send JPEG, PNG, WebP, GIF, BMP or AVIF.");
  }

  @Test
  void unknownBytesAreShown() {
    assertThatThrownBy(() -> reader.read(new byte[] {1, 2, (byte) 0xFE}))
        .hasMessageContaining("3 bytes that begin with 01 02 fe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline-420.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "rgb.png",
        "rgb-interlaced.png",
        "palette.png",
        "lossy.webp",
        "lossless.webp",
        "animated.webp",
        "still.gif",
        "rgb.bmp",
        "lossy.avif"
      })
  void aFileCutAnywhereIsRefusedOrWhole(String name) {
    byte[] whole = ImageFormatsGoldenTest.file(name);
    RgbImage expected = reader.read(whole);
    for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 200)) {
      byte[] cut = Arrays.copyOf(whole, length);
      try { // what was cut off may be no part of the picture, such as an end mark
        assertThat(Arrays.equals(reader.read(cut).rgb(), expected.rgb()))
            .as("%d bytes", length)
            .isTrue();
      } catch (MediaException e) {
        assertThat(e).as("%d bytes", length).hasMessageNotContaining("null");
      }
    }
    assertThatThrownBy(() -> reader.read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(MediaException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline-422.jpg",
        "progressive.jpg",
        "ycck.jpg",
        "exif-6.jpg",
        "rgba.png",
        "palette-2bit.png",
        "rgb-16bit-interlaced.png",
        "lossy.webp",
        "alpha-lossless.webp",
        "exif-8.webp",
        "animated.gif",
        "palette.bmp"
      })
  void aChangedByteIsReadOrRefusedButNeverCrashes(String name) {
    byte[] whole = ImageFormatsGoldenTest.file(name);
    for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 150)) {
      for (int value : new int[] {0, 0x7F, 0xFF, whole[at] ^ 1}) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        try {
          RgbImage image = reader.read(changed);
          assertThat(image.rgb()).hasSize(3 * image.width() * image.height());
        } catch (MediaException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] png = ImageFormatsGoldenTest.file("rgb.png");
    putInt(png, 16, 60_000);
    putInt(png, 20, 60_000);
    assertThatThrownBy(() -> reader.read(png))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "The PNG image is 60000 x 60000 pixels; at most 100000000 pixels, and 65535 along a side, are read. Send a smaller one.");
    putInt(png, 16, Integer.MAX_VALUE);
    putInt(png, 20, 1);
    assertThatThrownBy(() -> reader.read(png)).hasMessageContaining("2147483647 x 1 pixels");
  }

  @Test
  void aSizeBeyondThePixelsIsRefused() {
    byte[] png = ImageFormatsGoldenTest.file("rgb.png");
    putInt(png, 20, 2000);
    assertThatThrownBy(() -> reader.read(png))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("The PNG image of 37 x 2000 pixels is damaged or cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png,16,4", "rgb.bmp,18,4", "still.gif,6,2"})
  void noPixelsAreRefused(String fileOffsetLength) {
    String[] parts = fileOffsetLength.split(",");
    byte[] file = ImageFormatsGoldenTest.file(parts[0]);
    int at = Integer.parseInt(parts[1]);
    Arrays.fill(file, at, at + Integer.parseInt(parts[2]), (byte) 0);
    if (parts[0].endsWith("gif")) { // the frame's own size counts, too
      int frame = 13 + (3 << ((file[10] & 7) + 1)); // behind the palette
      assertThat(file[frame]).isEqualTo((byte) ',');
      Arrays.fill(file, frame + 5, frame + 7, (byte) 0);
    }
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("says that it is 0 x 29 pixels: it has none");
  }

  @Test
  void manyScansAreRefused() {
    byte[] jpeg = ImageFormatsGoldenTest.file("progressive.jpg");
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
    byte[] bomb = Arrays.copyOf(jpeg, jpeg.length - 2 + 200 * scan.length);
    for (int i = 0; i < 200; i++) {
      System.arraycopy(scan, 0, bomb, jpeg.length - 2 + i * scan.length, scan.length);
    }
    assertThatThrownBy(() -> reader.read(bomb))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("more than 100 scans");
  }

  @Test
  void aDecoderThatWouldHoldTooMuchIsNotStarted() {
    byte[] jpeg = ImageFormatsGoldenTest.file("progressive.jpg");
    int frame = indexOf(jpeg, 0xFF, 0xC2) + 5; // behind length and precision
    for (int i = 0; i < 4; i += 2) {
      jpeg[frame + i] = (byte) (9990 >> 8);
      jpeg[frame + i + 1] = (byte) 9990;
    }
    assertThatThrownBy(() -> reader.read(jpeg))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "A progressive JPEG image of 9990 x 9990 pixels takes 285 MiB to decode; at most 256 MiB are used. Save it as baseline JPEG, or smaller.");
  }

  @Test
  void readingEndsWhenItsTimeIsUp() {
    ImageReader hasty = new ImageReader(MediaLimits.standard().time(Duration.ZERO));
    Stream.of("rgb.png", "baseline-420.jpg", "still.gif")
        .map(ImageFormatsGoldenTest::file)
        .forEach(file ->
            assertThatThrownBy(() -> hasty.read(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("took longer than 0 ms"));
  }

  private static void putInt(byte[] file, int at, int value) {
    for (int i = 0; i < 4; i++) {
      file[at + i] = (byte) (value >> (24 - 8 * i));
    }
  }

  private static int indexOf(byte[] file, int... bytes) {
    for (int i = 0; i < file.length - bytes.length; i++) {
      int same = 0;
      while (same < bytes.length && (file[i + same] & 0xFF) == bytes[same]) {
        same++;
      }
      if (same == bytes.length) {
        return i;
      }
    }
    throw new AssertionError();
  }
}
