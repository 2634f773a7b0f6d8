package ai.pollux.server.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Samples with the header that makes them a file: RIFF WAVE, 16-bit PCM, mono. */
final class WaveFile {
  private static final int HEADER_BYTES = 44;

  private WaveFile() {}

  /**
   * The file.
   *
   * @param samples 16 bits each, little-endian
   */
  static byte[] of(byte[] samples, int sampleRateHz) {
    ByteBuffer file =
        ByteBuffer.allocate(HEADER_BYTES + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + samples.length).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(sampleRateHz).putInt(2 * sampleRateHz).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(samples.length).put(samples);
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
