package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the Files API taken apart: {@code /upload/v1beta/files}, {@code
 * /v1beta/files/abc:download}.
 *
 * @param kind what the path begins with
 * @param version {@code v1}, {@code v1beta} or {@code v1alpha}
 * @param id the file's id; empty for the list
 */
record FilesPath(Kind kind, String version, String id) {
  /** What is done with the bytes. */
  enum Kind {
    DESCRIBE,
    UPLOAD,
    DOWNLOAD
  }

  private static final Pattern PATH =
      Pattern.compile("/+(?:(upload|download)/+)?(v1|v1beta|v1alpha)/+files(?:/+(.*?))?/*");

  /**
   * The parts of a decoded path, or nothing where it is not one of files. Some clients put the
   * whole address of a file where its id belongs: its last part is taken.
   */
  static Optional<FilesPath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rest = matcher.group(3) == null ? "" : matcher.group(3);
    String id = rest.substring(rest.lastIndexOf('/') + 1);
    boolean isDownload = id.endsWith(":download") || "download".equals(matcher.group(1));
    Kind kind =
        "upload".equals(matcher.group(1))
            ? Kind.UPLOAD
            : isDownload ? Kind.DOWNLOAD : Kind.DESCRIBE;
    return Optional.of(new FilesPath(kind, matcher.group(2), id.replaceFirst(":download$", "")));
  }

  /** Whether it is the list of files. */
  boolean isList() {
    return id.isEmpty();
  }
}
