package ai.pollux.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.MediaLimits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strips, reduction, and the memory that they keep to. */
final class BigImageTest {
  private static final int SIDE = 10_000;

  private static ReadLimits limits(long heldPixels, long stripBytes) {
    return new ReadLimits(
        1 << 20, 1_000_000, 65_535, heldPixels, stripBytes, 1 << 20, Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline-420.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "gray.jpg",
        "rgb.png",
        "rgba.png",
        "rgb-interlaced.png",
        "rgb-16bit-interlaced.png",
        "bits.png",
        "still.gif",
        "rgb.bmp",
        "palette.bmp"
      })
  void stripsMakeTheSamePicture(String name) {
    byte[] file = ImageFormatsGoldenTest.file(name);
    RgbImage whole = new ImageReader(MediaLimits.standard()).read(file);
    for (int bytes : new int[] {1, 500, 1500}) {
      RgbImage strips = new ImageReader(MediaLimits.standard(), limits(1 << 20, bytes)).read(file);
      assertThat(strips.rgb()).as("%d bytes", bytes).isEqualTo(whole.rgb());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "exif-6.png", "baseline-444.jpg", "still.gif", "rgb.bmp"})
  void whatIsTooBigIsReducedByItsMean(String name) {
    byte[] file = ImageFormatsGoldenTest.file(name);
    RgbImage whole = new ImageReader(MediaLimits.standard()).read(file);
    RgbImage reduced = new ImageReader(MediaLimits.standard(), limits(150, 700)).read(file);
    int factor = 3; // 37 x 29 pixels: 19 x 15 are more than 150, 13 x 10 are not
    assertThat(reduced.width()).isEqualTo(Math.ceilDiv(whole.width(), factor));
    assertThat(reduced.height()).isEqualTo(Math.ceilDiv(whole.height(), factor));
    assertThat(reduced.fullWidth()).isEqualTo(whole.width());
    assertThat(reduced.fullHeight()).isEqualTo(whole.height());
    if (name.startsWith("exif")) {
      return; // blocks begin at the corner that is stored first
    }
    for (int i = 0; i < reduced.rgb().length; i++) {
      int column = i / 3 % reduced.width();
      int row = i / 3 / reduced.width();
      assertThat(reduced.rgb()[i] & 0xFF)
          .as("column %d, row %d", column, row)
          .isEqualTo(mean(whole, column * factor, row * factor, factor, i % 3));
    }
  }

  private static int mean(RgbImage image, int left, int top, int side, int color) {
    int sum = 0;
    int pixels = 0;
    for (int y = top; y < Math.min(top + side, image.height()); y++) {
      for (int x = left; x < Math.min(left + side, image.width()); x++) {
        sum += image.rgb()[3 * (y * image.width() + x) + color] & 0xFF;
        pixels++;
      }
    }
    return (sum + pixels / 2) / pixels;
  }

  @Test
  void webpIsReducedByItsDecoder() {
    byte[] file = ImageFormatsGoldenTest.file("lossy.webp");
    RgbImage reduced = new ImageReader(MediaLimits.standard(), limits(300, 1 << 20)).read(file);
    assertThat(new int[] {reduced.width(), reduced.height()}).containsExactly(13, 10);
    assertThat(new int[] {reduced.fullWidth(), reduced.fullHeight()}).containsExactly(37, 29);
  }

  /** 100 megapixels would be 300 MB as RGB, and 400 as the JDK likes to have them. */
  @Test
  void a100MegapixelImageIsReadInAHeapOf256Megabytes(@TempDir Path folder) throws Exception {
    Path png = Files.write(folder.resolve("big.png"), png());
    Path jpeg = Files.write(folder.resolve("big.jpg"), jpeg());
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BigImageTest.class.getName(),
                png.toString(),
                jpeg.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactly(
            "5000 x 5000 of 10000 x 10000: 12 34 56", "5000 x 5000 of 10000 x 10000: 128 128 128");
    assertThat(reader.waitFor()).isZero();
  }

  /** Reads the images named, and says what they are: the child process of the test above. */
  public static void main(String[] files) throws IOException {
    ImageReader reader = new ImageReader(MediaLimits.standard());
    for (String file : files) {
      RgbImage image = reader.read(Files.readAllBytes(Path.of(file)));
      byte[] rgb = image.rgb();
      int last = rgb.length - 3;
      System.out.printf(
          "%d x %d of %d x %d: %d %d %d%n",
          image.width(),
          image.height(),
          image.fullWidth(),
          image.fullHeight(),
          rgb[last] & 0xFF,
          rgb[last + 1] & 0xFF,
          rgb[last + 2] & 0xFF);
    }
  }

  /** One colour, 10000 x 10000. */
  private static byte[] png() throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    byte[] row = new byte[1 + 3 * SIDE];
    for (int i = 1; i < row.length; i += 3) {
      row[i] = 12;
      row[i + 1] = 34;
      row[i + 2] = 56;
    }
    try (var out = new DeflaterOutputStream(pixels, new Deflater(Deflater.BEST_SPEED))) {
      for (int y = 0; y < SIDE; y++) {
        out.write(row);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.writeLong(0x89504E470D0A1A0AL);
      chunk(out, "IHDR", new byte[] {0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8, 2, 0, 0, 0});
      chunk(out, "IDAT", pixels.toByteArray());
      chunk(out, "IEND", new byte[0]);
    }
    return file.toByteArray();
  }

  private static void chunk(DataOutputStream out, String name, byte[] data) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.US_ASCII));
    sum.update(data);
    out.writeInt(data.length);
    out.writeBytes(name);
    out.write(data);
    out.writeInt((int) sum.getValue());
  }

  /**
   * Gray, 10000 x 10000, three samples a pixel: each block is two codes of one bit, a difference of
   * 0 and the end of the block.
   */
  private static byte[] jpeg() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    byte[] steps = new byte[65];
    Arrays.fill(steps, 1, 65, (byte) 1);
    segment(file, 0xDB, steps);
    segment(file, 0xC0, new byte[] {8, 39, 16, 39, 16, 3, 1, 17, 0, 2, 17, 0, 3, 17, 0});
    for (int table : List.of(0x00, 0x10)) {
      byte[] codes = new byte[18];
      codes[0] = (byte) table;
      codes[1] = 1;
      segment(file, 0xC4, codes);
    }
    segment(file, 0xDA, new byte[] {3, 1, 0, 2, 0, 3, 0, 0, 63, 0});
    int blocks = 3 * (SIDE / 8) * (SIDE / 8);
    file.writeBytes(new byte[Math.ceilDiv(2 * blocks, 8)]);
    file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return file.toByteArray();
  }

  private static void segment(ByteArrayOutputStream file, int marker, byte[] data) {
    file.write(0xFF);
    file.write(marker);
    file.write((data.length + 2) >> 8);
    file.write(data.length + 2);
    file.writeBytes(data);
  }
}
