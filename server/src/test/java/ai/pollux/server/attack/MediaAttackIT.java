package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small files that want to be large. Those that fuzzers found are thrown at the readers' own tests.
 */
final class MediaAttackIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static RunningServer server;
  private static Target target;

  @BeforeAll
  static void start() {
    server = RunningServer.nano();
    target = new Target(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> bombs() throws IOException {
    return Stream.of(
        Arguments.of("PNG of 50,000 x 50,000", "image/png", png(50_000, 50_000, 1000)),
        Arguments.of(
            "PNG of 2^31 - 1 x 2^31 - 1",
            "image/png",
            png(Integer.MAX_VALUE, Integer.MAX_VALUE, 10)),
        Arguments.of("PNG of no size", "image/png", png(0, 0, 10)),
        Arguments.of("PNG that is cut", "image/png", cut(png(24, 24, 100))),
        Arguments.of(
            "GIF of 65,535 x 65,535",
            "image/gif",
            "GIF89a\u00ff\u00ff\u00ff\u00ff\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ff\u0000\u0002\u0001\u0000"
                .getBytes(StandardCharsets.ISO_8859_1)),
        Arguments.of(
            "SVG with an entity of a file",
            "image/svg+xml",
            text("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><svg>&b;</svg>")),
        Arguments.of("ZIP for a PDF", "application/pdf", text("PK\u0003\u0004 and no PDF")),
        Arguments.of("PDF whose pages are each other's", "application/pdf", circle()),
        Arguments.of("PDF of 100 MB of zeros", "application/pdf", inflated()),
        Arguments.of("gzip of 100 MB for a sound", "audio/wav", gzip()),
        Arguments.of("WAV of 4 GB", "audio/wav", wav()),
        Arguments.of("text for a video", "video/mp4", text("not a video")),
        Arguments.of(
            "playlist that names a file",
            "video/mp4",
            text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")),
        Arguments.of(
            "list that names an address",
            "audio/mpeg",
            text("ffconcat version 1.0\nfile http://127.0.0.1:1/x\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void isRefusedSoon(String name, String type, byte[] file) throws Exception {
    Instant begin = Instant.now();
    Target.Outcome outcome =
        target.post(
            "/v1beta/models/gemini-pro:generateContent",
            "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"%s\",\"data\":\"%s\"}}]}],\"generationConfig\":{\"maxOutputTokens\":2}}"
                .formatted(type, Base64.getEncoder().encodeToString(file)));
    assertThat(outcome.statuses()).as(outcome.text()).containsExactly(400);
    assertThat(outcome.text()).doesNotContain("root:").doesNotContain("Exception");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(LONGEST);
    target.assertServes();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] cut(byte[] file) {
    return java.util.Arrays.copyOf(file, file.length - 30);
  }

  private static byte[] png(int width, int height, int bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 0, 0, 0, 0})
            .array());
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(pixels)) {
      deflated.write(new byte[bytes]);
    }
    chunk(out, "IDAT", pixels.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data)
      throws IOException {
    byte[] body = ByteBuffer.allocate(4 + data.length).put(text(type)).put(data).array();
    CRC32 sum = new CRC32();
    sum.update(body);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(body);
    out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] circle() {
    return text(
        """
        %PDF-1.4
        1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
        2 0 obj <</Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R>> endobj
        trailer <</Root 1 0 R>>
        %%EOF
        """);
  }

  /** An object stream that unpacks to 100 MB and holds nothing. */
  private static byte[] inflated() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(packed)) {
      for (int i = 0; i < 100; i++) {
        deflated.write(new byte[1 << 20]);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        text(
            "%%PDF-1.5\n1 0 obj <</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d>> stream\n"
                .formatted(packed.size())));
    packed.writeTo(out);
    out.write(text("\nendstream endobj\nstartxref\n9\n%%EOF\n"));
    return out.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 100; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    return packed.toByteArray();
  }

  /** A head that promises 4 GB, of a rate that is none, and nothing behind it. */
  private static byte[] wav() {
    return ByteBuffer.allocate(44)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .put(text("RIFF"))
        .putInt(-1)
        .put(text("WAVEfmt "))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 0)
        .putInt(0)
        .putInt(0)
        .putShort((short) 0)
        .putShort((short) 0)
        .put(text("data"))
        .putInt(-1)
        .array();
  }
}
