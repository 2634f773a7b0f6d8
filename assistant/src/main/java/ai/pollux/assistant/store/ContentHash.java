package ai.pollux.assistant.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file's content must hash to: SHA-256 for large files; for others git's SHA-1 of {@code
 * blob SIZE}, a zero and the content, which is all that the hub says of them.
 *
 * @param algorithm as Java calls it
 * @param preamble what is hashed before the content
 * @param expected in lower-case hex
 */
record ContentHash(String algorithm, String preamble, String expected) {
  private static final int BUFFER = 1 << 20;

  static ContentHash of(HubFile file) {
    return file.sha256()
        .map(sha256 -> new ContentHash("SHA-256", "", sha256))
        .orElseGet(() -> new ContentHash("SHA-1", "blob " + file.size() + "\0", file.gitId()));
  }

  /**
   * Reads a file and compares.
   *
   * @throws StoreException if its content is not what was announced
   */
  void check(Path file, String what) throws IOException {
    MessageDigest digest = digest();
    digest.update(preamble.getBytes(US_ASCII));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected)) {
      throw new StoreException(
          "%s: what came is damaged: expected the %s %s, found %s. It was thrown away: pull again"
              .formatted(what, algorithm, expected, found));
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
