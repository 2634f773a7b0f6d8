package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Part;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sound as it streams in: 16-bit little-endian samples of one channel.
 *
 * @param bytes of the samples; a sample may be cut between two chunks
 */
record PcmChunk(int sampleRateHz, byte[] bytes) {
  private static final Pattern TYPE =
      Pattern.compile(
          "audio/(?:pcm|l16)((?:\\s*;\\s*[a-z]+=[\\w-]+)*)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern RATE = Pattern.compile("rate=(\\d{1,6})(?!\\w)");
  private static final int DEFAULT_RATE = 16_000;

  /**
   * A chunk as a message has it.
   *
   * @throws ApiException INVALID_ARGUMENT where it is not such sound
   */
  static PcmChunk of(Part.Blob blob, String place) {
    String type = blob.mimeType() == null ? "" : blob.mimeType();
    Matcher matcher = TYPE.matcher(type);
    if (!matcher.matches()) {
      throw ApiException.invalid(
          place + ".mime_type",
          "%s.mime_type: expected audio/pcm;rate=16000 (16 bits, mono), found \"%s\"."
              .formatted(place, type));
    }
    Matcher rate = RATE.matcher(matcher.group(1));
    int hz = rate.find() ? Integer.parseInt(rate.group(1)) : DEFAULT_RATE;
    if (hz < 8000 || hz > 48_000) {
      throw ApiException.invalid(
          place + ".mime_type",
          "%s: expected a rate of 8000 to 48000, found %d.".formatted(place, hz));
    }
    return new PcmChunk(hz, bytes(blob, place));
  }

  private static byte[] bytes(Part.Blob blob, String place) {
    String data = blob.data() == null ? "" : blob.data();
    try {
      return Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          place + ".data", "Invalid value at '%s.data': Base64 decoding failed.".formatted(place));
    }
  }
}
