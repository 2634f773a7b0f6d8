package ai.pollux.server.gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file, as the API calls a {@code File}.
 *
 * @param name {@code files/} and the id
 * @param sizeBytes a number in decimal
 * @param sha256Hash the hexadecimal hash, in base64: so does Google
 * @param uri what {@code fileData} names it by
 */
public record FileResource(
    @Nullable String name,
    @Nullable String displayName,
    @Nullable String mimeType,
    @Nullable String sizeBytes,
    @Nullable Instant createTime,
    @Nullable Instant updateTime,
    @Nullable Instant expirationTime,
    @Nullable String sha256Hash,
    @Nullable String uri,
    @Nullable String state,
    @Nullable String source) {

  /** A file that is there. */
  public static FileResource active(
      String id,
      String displayName,
      String mimeType,
      long bytes,
      Instant created,
      Instant expires,
      String sha256,
      String uri) {
    byte[] hash = sha256.getBytes(StandardCharsets.US_ASCII);
    return new FileResource(
        "files/" + id,
        displayName.isEmpty() ? null : displayName,
        mimeType,
        Long.toString(bytes),
        created,
        created,
        expires,
        Base64.getEncoder().encodeToString(hash),
        uri,
        "ACTIVE",
        "UPLOADED");
  }

  /** What uploads send and get: the file in an envelope. */
  public record Envelope(@JsonProperty("file") @Nullable FileResource file) {}

  /** A page of the list. */
  public record Page(@Nullable List<FileResource> files, @Nullable String nextPageToken) {}
}
