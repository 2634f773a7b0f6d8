package ai.pollux.content.document;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of text as text: plain, Markdown, CSV, HTML, XML, JSON, source code. Markup stays as it is.
 *
 * <p>The character set is, in this order: what a byte order mark says; what was declared; what the
 * text says of itself, as HTML and XML may; UTF-8; Windows-1252. The first that fits every byte is
 * taken; the last always does.
 */
public final class TextFile {
  private static final int LOOKED_AT = 1024;
  private static final Pattern DECLARED =
      Pattern.compile("(?i)(?:charset|encoding)\\s*=\\s*[\"']?([a-z0-9._:-]{1,40})");
  private static final Charset LAST = Charset.forName("windows-1252");

  private TextFile() {}

  /**
   * The text of a file.
   *
   * @param mimeType as it was declared, like {@code text/plain; charset=iso-8859-1}
   */
  public static String read(byte[] bytes, String mimeType, MediaLimits limits) {
    if (bytes.length / 4L > limits.characters()) { // no character set takes more than four bytes
      throw tooLong(limits);
    }
    String text = decode(bytes, mimeType);
    if (text.length() > limits.characters()) {
      throw tooLong(limits);
    }
    if (text.indexOf('\0') >= 0) {
      throw new MediaException(
          "a file of "
              + bytes.length
              + " bytes was sent as text but is not. Send text in UTF-8, or its right type");
    }
    return text;
  }

  private static String decode(byte[] bytes, String mimeType) {
    if (begins(bytes, 0xef, 0xbb, 0xbf)) {
      return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
    }
    if (begins(bytes, 0xff, 0xfe)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (begins(bytes, 0xfe, 0xff)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    int length = Math.min(bytes.length, LOOKED_AT);
    String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    return declared(mimeType)
        .flatMap(charset -> decode(bytes, charset))
        .or(() -> declared(head).flatMap(charset -> decode(bytes, charset)))
        .or(() -> decode(bytes, StandardCharsets.UTF_8))
        .orElseGet(() -> new String(bytes, LAST));
  }

  private static Optional<String> decode(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Charset> declared(String text) {
    Matcher matcher = DECLARED.matcher(text);
    try {
      return matcher.find() ? Optional.of(Charset.forName(matcher.group(1))) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static boolean begins(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 255) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static MediaException tooLong(MediaLimits limits) {
    return new MediaException(
        "the text has more than " + limits.characters() + " characters. Send a part of it");
  }
}
