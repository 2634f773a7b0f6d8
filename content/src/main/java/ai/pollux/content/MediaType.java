package ai.pollux.content;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a file is, by its first bytes; what was declared counts only where bytes cannot tell.
 *
 * @param kind who reads it
 * @param name like {@code image/png}
 */
public record MediaType(Kind kind, String name) {
  /** The front ends there are. */
  public enum Kind {
    IMAGE,
    AUDIO,
    VIDEO,
    PDF,
    TEXT,
    UNKNOWN
  }

  private static final int LOOKED_AT = 4096;

  /**
   * The type of a file.
   *
   * @param declared the type that its sender gave it, with or without parameters; may be empty
   */
  public static MediaType of(byte[] bytes, String declared) {
    int semicolon = declared.indexOf(';');
    String plain = semicolon < 0 ? declared : declared.substring(0, semicolon);
    String type = plain.strip().toLowerCase(Locale.ROOT);
    String head =
        new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    MediaType found = picture(head);
    found = found.kind == Kind.UNKNOWN ? container(head, type.startsWith("audio/")) : found;
    found = found.kind == Kind.UNKNOWN ? sound(head) : found;
    if (found.kind == Kind.UNKNOWN
        && head.substring(0, Math.min(1024, head.length())).contains("%PDF-")) {
      found = new MediaType(Kind.PDF, "application/pdf");
    }
    if (found.kind == Kind.UNKNOWN && isText(head)) {
      found = new MediaType(Kind.TEXT, isNameOfText(type) ? type : "text/plain");
    }
    return found.kind == Kind.UNKNOWN && !type.isEmpty()
        ? new MediaType(Kind.UNKNOWN, type)
        : found;
  }

  private static MediaType picture(String head) {
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return new MediaType(Kind.IMAGE, "image/png");
    }
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return new MediaType(Kind.IMAGE, "image/jpeg");
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return new MediaType(Kind.IMAGE, "image/gif");
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return new MediaType(Kind.IMAGE, "image/webp");
    }
    return unknown();
  }

  /** Containers of sound and video; {@code isSound} where the sender said that it is sound. */
  private static MediaType container(String head, boolean isSound) {
    Kind kind = isSound ? Kind.AUDIO : Kind.VIDEO;
    String name = isSound ? "audio/" : "video/";
    if (head.startsWith("\u001aE\u00df\u00a3")) {
      return new MediaType(kind, name + (head.contains("webm") ? "webm" : "x-matroska"));
    }
    if (head.startsWith("moov", 4) || head.startsWith("mdat", 4) || head.startsWith("wide", 4)) {
      return new MediaType(kind, name + "quicktime");
    }
    if (!head.startsWith("ftyp", 4) || head.length() < 12) {
      return unknown();
    }
    return switch (head.substring(8, 12)) {
      case "avif", "avis" -> new MediaType(Kind.IMAGE, "image/avif");
      case "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1" ->
          new MediaType(Kind.IMAGE, head.indexOf("avif") > 0 ? "image/avif" : "image/heic");
      case "M4A ", "M4B ", "M4P " -> new MediaType(Kind.AUDIO, "audio/mp4");
      case "qt  " -> new MediaType(kind, name + "quicktime");
      default -> new MediaType(kind, name + "mp4");
    };
  }

  private static MediaType sound(String head) {
    if (head.startsWith("RIFF") && head.startsWith("WAVE", 8)) {
      return new MediaType(Kind.AUDIO, "audio/wav");
    }
    if (head.startsWith("FORM") && (head.startsWith("AIFF", 8) || head.startsWith("AIFC", 8))) {
      return new MediaType(Kind.AUDIO, "audio/aiff");
    }
    if (head.startsWith("fLaC")) {
      return new MediaType(Kind.AUDIO, "audio/flac");
    }
    if (head.startsWith("OggS")) {
      return new MediaType(Kind.AUDIO, "audio/ogg");
    }
    if (head.startsWith("ID3")) {
      return new MediaType(Kind.AUDIO, "audio/mpeg");
    }
    if (head.length() > 1 && head.charAt(0) == 0xff && (head.charAt(1) & 0xe0) == 0xe0) {
      boolean isAac = (head.charAt(1) & 0xf6) == 0xf0; // its layer is 0, which MPEG audio has not
      boolean isUtf16 = head.charAt(1) == 0xfe;
      return isUtf16 ? unknown() : new MediaType(Kind.AUDIO, isAac ? "audio/aac" : "audio/mpeg");
    }
    return unknown();
  }

  /** Text has no control characters but those of layout; with a mark of UTF-16 it may have any. */
  private static boolean isText(String head) {
    if (head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff")) {
      return true;
    }
    return !head.isEmpty()
        && head.chars()
            .allMatch(c -> (c >= ' ' && c != 127) || (c >= '\t' && c <= '\r') || c == 27);
  }

  private static boolean isNameOfText(String type) {
    return type.startsWith("text/")
        || (type.startsWith("application/")
            && (type.endsWith("json") || type.endsWith("xml") || type.endsWith("javascript")));
  }

  private static MediaType unknown() {
    return new MediaType(Kind.UNKNOWN, "application/octet-stream");
  }
}
