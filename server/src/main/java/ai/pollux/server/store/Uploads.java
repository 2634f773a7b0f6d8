package ai.pollux.server.store;

import ai.pollux.server.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uploads under way: {@code TOKEN.json} says what is to come, {@code TOKEN.part} is what came. They
 * outlive the process.
 */
final class Uploads {
  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");
  private static final String PART = ".part";
  private static final int BUFFER = 1 << 16;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final FileLimits limits;
  private final SecureRandom random = new SecureRandom();

  /** Tokens of which bytes are being written. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  Uploads(Path folder, FileLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  String begin(UploadDraft draft) {
    byte[] token = new byte[32];
    random.nextBytes(token);
    String name = HexFormat.of().formatHex(token);
    try {
      Files.createDirectories(folder);
      Files.createFile(part(name));
      writeWhole(draftFile(name), JSON.writeValueAsBytes(draft));
    } catch (IOException e) {
      throw new UncheckedIOException("an upload could not be begun in " + folder, e);
    }
    return name;
  }

  UploadDraft draft(String token) {
    try {
      return JSON.readValue(Files.readAllBytes(draftFile(checked(token))), UploadDraft.class);
    } catch (NoSuchFileException e) {
      throw unknown();
    } catch (IOException e) {
      throw new UncheckedIOException("an upload could not be read", e);
    }
  }

  long received(String token) {
    try {
      return Files.size(part(checked(token)));
    } catch (NoSuchFileException e) {
      throw unknown();
    } catch (IOException e) {
      throw new UncheckedIOException("an upload could not be read", e);
    }
  }

  long append(String token, long offset, InputStream bytes, long room) throws IOException {
    long received = received(token);
    if (!busy.add(token)) {
      throw new StoreException(
          Reason.WRONG_OFFSET, "Bytes of this upload are being received; wait for that request.");
    }
    try (OutputStream out = Files.newOutputStream(part(token), StandardOpenOption.APPEND)) {
      if (offset != received) {
        throw new StoreException(
            Reason.WRONG_OFFSET,
            "Upload offset: expected %d, the bytes received so far, found %d."
                .formatted(received, offset));
      }
      byte[] buffer = new byte[BUFFER];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        received += count;
        checkSize(received);
        if (received > room) {
          throw new StoreException(
              Reason.FULL,
              "All files together may take %,d bytes. Delete some.".formatted(limits.totalBytes()));
        }
        out.write(buffer, 0, count);
      }
      return received;
    } finally {
      busy.remove(token);
    }
  }

  /** The bytes of an upload, of which none is missing, on the disk. */
  Path finished(String token) {
    long declared = draft(token).declaredBytes();
    long received = received(token);
    if (declared >= 0 && declared != received) {
      throw new StoreException(
          Reason.WRONG_SIZE,
          "Upload: expected %,d bytes as declared, found %,d.".formatted(declared, received));
    }
    Path part = part(token);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("an upload could not be written to the disk", e);
    }
    return part;
  }

  void forget(String token) {
    try {
      Files.deleteIfExists(draftFile(checked(token)));
      Files.deleteIfExists(part(token));
    } catch (IOException e) {
      throw new UncheckedIOException("an upload could not be deleted", e);
    }
  }

  /** What all uploads hold but one. */
  long bytesBeside(String token) {
    return parts().stream()
        .filter(part -> !part.getFileName().toString().startsWith(token + "."))
        .mapToLong(part -> part.toFile().length())
        .sum();
  }

  /** Gives up what nobody went on with since then. */
  void forgetBefore(Instant last) {
    for (Path part : parts()) {
      String token = part.getFileName().toString().replace(PART, "");
      if (part.toFile().lastModified() < last.toEpochMilli() && !busy.contains(token)) {
        forget(token);
      }
    }
  }

  private List<Path> parts() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(PART)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder of uploads, %s, cannot be read".formatted(folder), e);
    }
  }

  /** So many random bytes, in hexadecimal. */
  static String random(int bytes) {
    byte[] id = new byte[bytes];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  static String sha256(Path file) throws IOException {
    try (DigestOutputStream out =
        new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      Files.copy(file, out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes a file that is there whole or not at all. */
  static void writeWhole(Path file, byte[] content) throws IOException {
    Path part = Path.of(file + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void checkSize(long bytes) {
    if (bytes > limits.fileBytes()) {
      throw new StoreException(
          Reason.TOO_LARGE,
          "A file may have %,d bytes, found %,d or more.".formatted(limits.fileBytes(), bytes));
    }
  }

  private static String checked(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw unknown();
    }
    return token;
  }

  private static StoreException unknown() {
    return new StoreException(
        Reason.NOT_FOUND, "This upload is unknown: it was finished, cancelled or never begun.");
  }

  private Path draftFile(String token) {
    return folder.resolve(token + ".json");
  }

  private Path part(String token) {
    return folder.resolve(token + PART);
  }
}
