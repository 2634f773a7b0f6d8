package ai.pollux.train.data.world.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV: one channel, 16 kHz, 16 bits. */
public final class WavFile {
  private static final int RATE = 16_000;
  private static final int HEADER = 44;

  private WavFile() {}

  /** The file of samples from -1 to 1; exact where they are multiples of 1/32768. */
  public static byte[] bytes(float[] samples) {
    int data = 2 * samples.length;
    ByteBuffer out = ByteBuffer.allocate(HEADER + data).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(HEADER - 8 + data).put(ascii("WAVEfmt "));
    out.putInt(16).putShort((short) 1).putShort((short) 1); // PCM, one channel
    out.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
    out.put(ascii("data")).putInt(data);
    for (float sample : samples) {
      out.putShort((short) Math.clamp(Math.round(sample * 32768), -32768, 32767));
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
