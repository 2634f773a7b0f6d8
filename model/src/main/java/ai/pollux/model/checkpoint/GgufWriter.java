package ai.pollux.model.checkpoint;

import ai.pollux.tensor.quant.BlockFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes GGUF 3: first say what goes in, then {@link #write}. Tensors stream from their sources, a
 * few megabytes at a time. The file gets its name when it is complete; until then it is called
 * {@code NAME.part}. If the writing is killed the next one goes on where it stopped, provided that
 * the writer knows what it is {@link #madeOf}.
 */
public final class GgufWriter {
  private static final int CHUNK_BYTES = 4 << 20;

  private final Map<String, MetadataValue> metadata = new LinkedHashMap<>();
  private final Map<String, Planned> tensors = new LinkedHashMap<>();
  private String origin = "";

  /** Told how far the writing is. */
  @FunctionalInterface
  public interface Progress {
    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total} bytes of tensors are written. */
    void at(long done, long total);

    /** {@code done} of {@code total} bytes are there from an earlier run, and stay. */
    default void goesOn(long done, long total) {}

    /** What an earlier run left in a file is thrown away: it was making something else. */
    default void startsAgain(Path part) {}
  }

  private record Planned(BlockFormat format, GgmlType type, List<Long> shape, TensorSource source) {
    long rowBytes() {
      return format.bytesFor(shape.getLast());
    }

    long rows() {
      return shape.stream().limit(shape.size() - 1L).reduce(1L, (a, b) -> a * b);
    }

    long bytes() {
      return rows() * rowBytes();
    }
  }

  /** Says whose tensors the sources read, so that a later run knows whether it can go on. */
  public GgufWriter madeOf(Checkpoint checkpoint) {
    origin = TensorFile.origin(checkpoint);
    return this;
  }

  /** Adds or replaces a key-value pair. */
  public GgufWriter put(String key, MetadataValue value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor.
   *
   * @param shape outermost axis first, one to four axes
   * @throws IllegalArgumentException if its name was added before, it has no or too many axes, its
   *     rows do not fill whole blocks, or GGUF has no such format
   */
  public GgufWriter tensor(String name, BlockFormat format, List<Long> shape, TensorSource source) {
    if (shape.isEmpty() || shape.size() > 4) {
      throw new IllegalArgumentException(
          "tensor %s: GGUF holds one to four axes, found %s".formatted(name, shape));
    }
    GgmlType type =
        GgmlType.named(format.name())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "tensor %s: GGUF has no type %s".formatted(name, format.name())));
    Planned planned = new Planned(format, type, List.copyOf(shape), source);
    if (planned.rowBytes() > CHUNK_BYTES) {
      throw new IllegalArgumentException(
          "tensor %s: a row of %d bytes, expected at most %d"
              .formatted(name, planned.rowBytes(), CHUNK_BYTES));
    }
    if (tensors.putIfAbsent(name, planned) != null) {
      throw new IllegalArgumentException("tensor %s was added before".formatted(name));
    }
    return this;
  }

  /** The bytes that all tensors take. */
  public long tensorBytes() {
    return tensors.values().stream().mapToLong(Planned::bytes).sum();
  }

  /**
   * Writes the file, replacing one of that name.
   *
   * @throws CheckpointException if the disk does not take it
   */
  public void write(Path target, Progress progress) {
    stage(target, progress);
    release(target);
  }

  /**
   * Writes the whole file but for its name, which {@link #release} gives it: for files that belong
   * together.
   *
   * @throws CheckpointException if the disk does not take it
   */
  public void stage(Path target, Progress progress) {
    TensorFile file = file();
    file.write(new PartFile.Plan(target, file.fingerprint()), progress);
  }

  /** Gives a file that was {@link #stage staged} its name, replacing one of that name. */
  public static void release(Path target) {
    PartFile.rename(target);
  }

  /** The file as it is to be written. */
  TensorFile file() {
    List<TensorFile.Rows> rows =
        tensors.values().stream()
            .map(each ->
                new TensorFile.Rows(
                    each.rows(),
                    each.rowBytes(),
                    aligned(each.bytes()) - each.bytes(),
                    each.source()))
            .toList();
    return new TensorFile(header(), rows, origin);
  }

  private byte[] header() {
    GgufBytes bytes = new GgufBytes();
    bytes.int32(GgufReader.MAGIC);
    bytes.int32(GgufReader.VERSION);
    bytes.int64(tensors.size());
    bytes.int64(metadata.size());
    metadata.forEach(bytes::pair);
    long offset = 0;
    for (Map.Entry<String, Planned> tensor : tensors.entrySet()) {
      Planned planned = tensor.getValue();
      bytes.text(tensor.getKey());
      bytes.int32(planned.shape().size());
      planned.shape().reversed().forEach(bytes::int64);
      bytes.int32(planned.type().number());
      bytes.int64(offset);
      offset = aligned(offset + planned.bytes());
    }
    bytes.pad(alignment());
    return bytes.toArray();
  }

  private long aligned(long offset) {
    return Math.ceilDiv(offset, (long) alignment()) * alignment();
  }

  private int alignment() {
    return metadata.get(GgufReader.ALIGNMENT) instanceof MetadataValue.Whole whole
        ? Math.toIntExact(whole.value())
        : GgufReader.USUAL_ALIGNMENT;
  }
}
