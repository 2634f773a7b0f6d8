package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A header and tensors one after the other, on their way to the disk: rows stream from their
 * sources, a few megabytes at a time. See {@link PartFile} for what a killed writing leaves.
 *
 * @param header all bytes before the first tensor
 * @param tensors in order
 * @param origin says what the tensors are made of; empty if that cannot be said
 */
record TensorFile(byte[] header, List<Rows> tensors, String origin) {
  private static final int CHUNK_BYTES = 4 << 20;

  /**
   * One tensor.
   *
   * @param padding zeros after it
   */
  record Rows(long rows, long rowBytes, long padding, TensorSource source) {
    long bytes() {
      return rows * rowBytes;
    }
  }

  /** What a checkpoint's files are: their names, sizes and times. */
  static String origin(Checkpoint checkpoint) {
    return checkpoint.names().stream()
        .map(name -> checkpoint.entry(name).file())
        .distinct()
        .sorted()
        .map(TensorFile::identity)
        .collect(Collectors.joining("\n"));
  }

  private static String identity(Path file) {
    try {
      return "%s %d %s"
          .formatted(
              file.toAbsolutePath().normalize(),
              Files.size(file),
              Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The bytes that all tensors take. */
  long tensorBytes() {
    return tensors.stream().mapToLong(Rows::bytes).sum();
  }

  /** What is written, and of what; changes with any of it. */
  String fingerprint() {
    if (origin.isEmpty()) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(header);
      return HexFormat.of().formatHex(digest.digest(origin.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /**
   * Writes the file as far as its name, which {@link PartFile#rename} gives it.
   *
   * @throws CheckpointException if the disk does not take it
   */
  void write(PartFile.Plan plan, GgufWriter.Progress progress) {
    try (PartFile file = PartFile.open(plan, progress)) {
      boolean isWhole = false;
      try {
        file.checkRoom(header.length + tensorBytes());
        write(file, progress);
        file.force();
        isWhole = true;
      } catch (IOException e) {
        throw file.failed(e);
      } finally {
        if (!isWhole) {
          file.discard();
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(plan.target(), "cannot be written: " + e.getMessage(), e);
    }
  }

  private void write(PartFile file, GgufWriter.Progress progress) throws IOException {
    long kept = file.written();
    if (kept == 0) {
      file.append(ByteBuffer.wrap(header));
    }
    long end = header.length;
    long done = 0;
    try (Arena arena = Arena.ofShared()) {
      long longest = tensors.stream().mapToLong(Rows::rowBytes).max().orElse(0);
      MemorySegment chunk = arena.allocate(Math.max(CHUNK_BYTES, longest));
      for (Rows tensor : tensors) {
        end += tensor.bytes() + tensor.padding();
        if (end > kept) {
          write(tensor, chunk, file, done, progress);
          file.settle();
        } else if (end == kept) {
          progress.goesOn(done + tensor.bytes(), tensorBytes());
        }
        done += tensor.bytes();
      }
    }
  }

  private void write(
      Rows tensor, MemorySegment chunk, PartFile file, long done, GgufWriter.Progress progress)
      throws IOException {
    long rowBytes = tensor.rowBytes();
    long total = tensorBytes();
    int most = (int) Math.max(1, CHUNK_BYTES / Math.max(1, rowBytes));
    for (long row = 0; row < tensor.rows(); row += most) {
      int count = (int) Math.min(most, tensor.rows() - row);
      MemorySegment bytes = chunk.asSlice(0, count * rowBytes);
      tensor.source().fill(row, count, bytes);
      file.append(bytes.asByteBuffer());
      progress.at(done + (row + count) * rowBytes, total);
    }
    file.append(ByteBuffer.allocate((int) tensor.padding()));
  }
}
