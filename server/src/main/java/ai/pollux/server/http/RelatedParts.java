package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two parts of a {@code multipart/related} upload, RFC 2387: a description in JSON, then the
 * bytes of the file.
 */
record RelatedParts(byte[] description, String mediaType, byte[] media) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]{1,70})\"?");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type:[ \t]*([^\r\n;]+)");

  /**
   * Takes a body apart.
   *
   * @throws ApiException INVALID_ARGUMENT if it is not of two parts
   */
  static RelatedParts of(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw broken("a boundary in its Content-Type, found \"" + contentType + "\"");
    }
    byte[] mark = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
    int first = find(body, mark, 0);
    int second = first < 0 ? -1 : find(body, mark, first + mark.length);
    int end = second < 0 ? -1 : find(body, mark, second + mark.length);
    if (end < 0) {
      throw broken("two parts between boundaries, found fewer");
    }
    byte[] description = content(body, first + mark.length, second);
    byte[] media = content(body, second + mark.length, end);
    return new RelatedParts(description, type(body, second + mark.length), media);
  }

  private static String type(byte[] body, int from) {
    Matcher type = TYPE.matcher(headers(body, from));
    return type.find() ? type.group(1).strip().toLowerCase(Locale.ROOT) : "";
  }

  private static String headers(byte[] body, int from) {
    return new String(body, from, blankLine(body, from) - from, StandardCharsets.ISO_8859_1);
  }

  private static byte[] content(byte[] body, int from, int boundary) {
    int start = blankLine(body, from) + 4;
    int end = boundary - 2; // the line break before a boundary belongs to it
    if (start > end) {
      throw broken("a blank line between a part's headers and its content");
    }
    return Arrays.copyOfRange(body, start, end);
  }

  private static int blankLine(byte[] body, int from) {
    int at = find(body, "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), from);
    if (at < 0) {
      throw broken("a blank line between a part's headers and its content");
    }
    return at;
  }

  private static int find(byte[] body, byte[] wanted, int from) {
    for (int at = from; at <= body.length - wanted.length; at++) {
      if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static ApiException broken(String expected) {
    return ApiException.invalid("upload", "multipart/related upload: expected " + expected + ".");
  }
}
