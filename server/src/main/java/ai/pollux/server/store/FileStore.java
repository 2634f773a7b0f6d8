package ai.pollux.server.store;

import ai.pollux.server.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uploaded files in a folder: {@code ID.bytes}, and beside it {@code ID.json}, whose appearance
 * makes the file exist. What a killed process leaves behind is an upload that can be continued, or
 * bytes that nobody sees and the next sweep deletes. May be used by many threads.
 *
 * <p>Expired files are gone at once, and deleted when files are listed or uploaded; so are uploads
 * that nobody went on with for as long. What they hold counts with the files.
 */
public final class FileStore {
  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
  private static final String RECORD = ".json";
  private static final String BYTES = ".bytes";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final FileLimits limits;
  private final Clock clock;
  private final Uploads uploads;

  /** Files in {@code folder}, which is made when the first one comes. */
  public FileStore(Path folder, FileLimits limits, Clock clock) {
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
    uploads = new Uploads(folder.resolve("uploads"), limits);
  }

  /**
   * Begins an upload.
   *
   * @return its token, by which whoever knows it may send the bytes
   * @throws StoreException if the id is not one or is taken, or the file would be too long
   */
  public String begin(UploadDraft draft) {
    sweep();
    if (!draft.id().isEmpty()) {
      checkId(draft.id());
    }
    uploads.checkSize(draft.declaredBytes());
    if (draft.declaredBytes() > limits.totalBytes() - totalBytes() - uploads.bytesBeside("")) {
      throw new StoreException(
          Reason.FULL,
          "The %,d bytes would pass the %,d that all files together may take. Delete some."
              .formatted(draft.declaredBytes(), limits.totalBytes()));
    }
    return uploads.begin(draft);
  }

  private void checkId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new StoreException(
          Reason.WRONG_NAME,
          "file.name: expected files/ and at most 40 letters a to z, digits and inner dashes, found \"%s\"."
              .formatted(id));
    }
    if (Files.exists(folder.resolve(id + RECORD))) {
      throw new StoreException(Reason.ALREADY_EXISTS, "files/%s exists already.".formatted(id));
    }
  }

  /** How many bytes of an upload have come. */
  public long received(String token) {
    return uploads.received(token);
  }

  /**
   * Takes more bytes of an upload. What came before a cut connection stays.
   *
   * @param offset how many bytes the sender believes to have sent
   * @return how many there are now
   * @throws StoreException if {@code offset} is not where the upload stands, or it gets too long
   * @throws IOException if the sender fails
   */
  public long append(String token, long offset, InputStream bytes) throws IOException {
    long room = limits.totalBytes() - totalBytes() - uploads.bytesBeside(token);
    return uploads.append(token, offset, bytes, room);
  }

  /**
   * Makes a file of an upload.
   *
   * @throws StoreException if bytes are missing
   */
  public StoredFile finish(String token) {
    UploadDraft draft = uploads.draft(token);
    if (draft.purpose().isPresent()) {
      throw new StoreException(
          Reason.NOT_FOUND, "This upload is not for a file. Go on at the address that it got.");
    }
    Path part = uploads.finished(token);
    String id = draft.id().isEmpty() ? Uploads.random(6) : draft.id();
    checkId(id);
    try {
      Instant now = clock.instant();
      StoredFile file =
          new StoredFile(
              id,
              draft.displayName(),
              draft.mimeType(),
              Files.size(part),
              Uploads.sha256(part),
              now,
              now.plus(limits.lifetime()));
      Files.move(part, folder.resolve(id + BYTES));
      Uploads.writeWhole(folder.resolve(id + RECORD), JSON.writeValueAsBytes(file));
      uploads.forget(token);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("files/" + id + " could not be kept", e);
    }
  }

  /**
   * What an upload was begun with.
   *
   * @throws StoreException if it is unknown
   */
  public UploadDraft draft(String token) {
    return uploads.draft(token);
  }

  /**
   * The bytes of an upload that is not to become a file, none missing, on the disk. Whoever takes
   * them away {@linkplain #cancel forgets} the upload then.
   *
   * @throws StoreException if bytes are missing
   */
  public Path finished(String token) {
    return uploads.finished(token);
  }

  /** Gives an upload up. */
  public void cancel(String token) {
    uploads.forget(token);
  }

  /** A file, unless it is gone. */
  public Optional<StoredFile> find(String id) {
    return ID.matcher(id).matches()
        ? read(folder.resolve(id + RECORD)).filter(this::isAlive)
        : Optional.empty();
  }

  /** All files, the newest first. */
  public List<StoredFile> list() {
    sweep();
    Comparator<StoredFile> newest = Comparator.comparing(StoredFile::created).reversed();
    return records().sorted(newest.thenComparing(StoredFile::id)).toList();
  }

  /** Where a file's bytes are. */
  public Path bytes(StoredFile file) {
    return folder.resolve(file.id() + BYTES);
  }

  /**
   * Deletes a file.
   *
   * @throws StoreException if there is none
   */
  public void delete(String id) {
    StoredFile file =
        find(id)
            .orElseThrow(() ->
                new StoreException(Reason.NOT_FOUND, "files/%s does not exist.".formatted(id)));
    remove(file);
  }

  private void remove(StoredFile file) {
    try {
      Files.deleteIfExists(folder.resolve(file.id() + RECORD));
      Files.deleteIfExists(bytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("files/" + file.id() + " could not be deleted", e);
    }
  }

  private void sweep() {
    records().filter(file -> !isAlive(file)).toList().forEach(this::remove);
    uploads.forgetBefore(clock.instant().minus(limits.lifetime()));
  }

  private boolean isAlive(StoredFile file) {
    return clock.instant().isBefore(file.expires());
  }

  private long totalBytes() {
    return records().mapToLong(StoredFile::bytes).sum();
  }

  private Stream<StoredFile> records() {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(RECORD)).toList().stream()
          .flatMap(path -> read(path).stream());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder of files, %s, cannot be read".formatted(folder), e);
    }
  }

  private static Optional<StoredFile> read(Path path) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(path), StoredFile.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw new IllegalStateException(path + " is damaged; delete it and its .bytes", e);
    }
  }
}
