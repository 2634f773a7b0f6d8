package ai.pollux.model.checkpoint;

import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a> 2 and 3: a
 * magic, a version, two counts, key-value pairs, a list of tensors, then their data, aligned.
 */
final class GgufReader {
  /** {@code GGUF}, read as a little-endian integer. */
  static final int MAGIC = 0x46554747;

  /** What is written; 2 is read as well. */
  static final int VERSION = 3;

  static final String ALIGNMENT = "general.alignment";
  static final int USUAL_ALIGNMENT = 32;

  private static final int MOST_NAME_BYTES = 65_535;
  private static final int MOST_AXES = 4;

  /** A key's length, a type and a value of one byte. */
  private static final int LEAST_PAIR_BYTES = 13;

  /** A name's length, the number of axes, a type and an offset. */
  private static final int LEAST_TENSOR_BYTES = 24;

  private final MappedFile file;
  private final Cursor cursor;
  private final Map<String, MetadataValue> pairs = new LinkedHashMap<>();
  private final Map<String, Listing> listings = new LinkedHashMap<>();

  /** A tensor as the file lists it; the offset counts from the start of the data. */
  private record Listing(
      String name, List<Long> shape, long typeNumber, Optional<GgmlType> type, long offset) {
    String typeName() {
      return type.map(GgmlType::name).orElse("type number " + typeNumber);
    }
  }

  private GgufReader(MappedFile file) {
    this.file = file;
    this.cursor = new Cursor(file, 0);
  }

  /** Whether the file starts with the magic. */
  static boolean claims(MappedFile file) {
    return file.size() >= Integer.BYTES && new Cursor(file, 0).int32("the magic") == MAGIC;
  }

  static Contents read(MappedFile file) {
    return new GgufReader(file).read();
  }

  private Contents read() {
    cursor.skip(Integer.BYTES, "the magic");
    version();
    long tensors = cursor.count(Long.BYTES, LEAST_TENSOR_BYTES, "the list of tensors");
    long count = cursor.count(Long.BYTES, LEAST_PAIR_BYTES, "the list of metadata");
    for (long i = 0; i < count; i++) {
      pair();
    }
    for (long i = 0; i < tensors; i++) {
      tensor();
    }
    Metadata metadata = new Metadata(file.path(), pairs);
    return new Contents(Checkpoint.Kind.GGUF, place(alignment(metadata)), metadata);
  }

  private void version() {
    long at = cursor.at();
    int version = cursor.int32("the version");
    int reversed = Integer.reverseBytes(version);
    if (reversed == 2 || reversed == VERSION) {
      throw file.problem(
          at, "a big-endian GGUF, expected little-endian. Convert it with gguf-convert-endian");
    }
    if (version != 2 && version != VERSION) {
      throw file.problem(
          at,
          "GGUF version %d, expected 2 or 3. Convert the model again with a current llama.cpp"
              .formatted(version));
    }
  }

  private void pair() {
    long at = cursor.at();
    String key = cursor.text(Long.BYTES, MOST_NAME_BYTES, "a metadata key");
    MetadataValue value = GgufValues.read(file, cursor, key);
    if (pairs.putIfAbsent(key, value) != null) {
      throw file.problem(
          at, "the metadata key %s occurs twice. The file is damaged".formatted(key));
    }
  }

  private void tensor() {
    long at = cursor.at();
    String name = cursor.text(Long.BYTES, MOST_NAME_BYTES, "a tensor's name");
    long axes = cursor.uint32("the number of axes of " + name);
    if (axes > MOST_AXES) {
      throw file.problem(
          at,
          "tensor %s has %d axes, expected at most %d. The file is damaged: fetch it again"
              .formatted(name, axes, MOST_AXES));
    }
    List<Long> shape = new ArrayList<>();
    for (long i = 0; i < axes; i++) {
      shape.addFirst(cursor.int64("the shape of " + name)); // the file has the innermost axis first
    }
    long type = cursor.uint32("the type of " + name);
    long offset = cursor.int64("the offset of " + name);
    Listing listing = new Listing(name, shape, type, GgmlType.of(type), offset);
    if (listings.putIfAbsent(name, listing) != null) {
      throw file.problem(at, "the tensor %s occurs twice. The file is damaged".formatted(name));
    }
  }

  private long alignment(Metadata metadata) {
    long alignment = metadata.whole(ALIGNMENT).orElse(USUAL_ALIGNMENT);
    if (alignment < 1 || Long.bitCount(alignment) != 1 || alignment > Integer.MAX_VALUE) {
      throw new CheckpointException(
          file.path(),
          "metadata %s: expected a power of two, found %d. The file is damaged: fetch it again"
              .formatted(ALIGNMENT, alignment));
    }
    return alignment;
  }

  /** Gives every listed tensor its bytes; refuses those outside the file or over each other. */
  private Map<String, Entry> place(long alignment) {
    long dataStart = Math.ceilDiv(cursor.at(), alignment) * alignment;
    long dataBytes = Math.max(0, file.size() - dataStart);
    Map<String, Long> ends = new LinkedHashMap<>();
    List<Listing> placed = new ArrayList<>(listings.values());
    placed.sort(Comparator.comparingLong(Listing::offset));
    long end = 0;
    for (int i = 0; i < placed.size(); i++) {
      Listing listing = placed.get(i);
      long offset = listing.offset();
      if (offset < end || offset % alignment != 0 || offset > dataBytes) {
        throw problem(
            listing,
            "its data are said to begin at %d, expected a multiple of %d from %d to %d"
                .formatted(offset, alignment, end, dataBytes));
      }
      long next = i + 1 < placed.size() ? placed.get(i + 1).offset() : dataBytes;
      end = offset + bytes(listing, Math.min(next, dataBytes) - offset, dataBytes - offset);
      ends.put(listing.name(), end);
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    listings.forEach((name, listing) ->
        entries.put(name, entry(listing, dataStart, ends.getOrDefault(name, 0L))));
    return entries;
  }

  private Entry entry(Listing listing, long dataStart, long end) {
    return new Entry(
        listing.name(),
        listing.shape(),
        listing.typeName(),
        listing.type().flatMap(type -> Formats.named(type.name())),
        file.path(),
        file.bytes()
            .asSlice(Math.min(dataStart, file.size()) + listing.offset(), end - listing.offset()));
  }

  /** The bytes of a tensor; one of unknown type reaches to the next. */
  private long bytes(Listing listing, long toNext, long available) {
    long values = 1;
    for (long size : listing.shape()) {
      if (size < 0 || (size > 0 && values > Long.MAX_VALUE / size)) {
        throw problem(listing, "its shape is impossible");
      }
      values *= size;
    }
    if (listing.type().isEmpty()) {
      return Math.max(0, toNext);
    }
    GgmlType type = listing.type().orElseThrow();
    long row = listing.shape().isEmpty() ? 1 : listing.shape().getLast();
    if (row % type.blockSize() != 0) {
      throw problem(
          listing,
          "%s stores blocks of %d values, its rows do not fill whole blocks"
              .formatted(type, type.blockSize()));
    }
    long blocks = values / type.blockSize();
    if (blocks > available / type.blockBytes()) {
      throw problem(
          listing,
          "%d blocks of %d bytes, but the file has %d bytes after its offset %d"
              .formatted(blocks, type.blockBytes(), available, listing.offset()));
    }
    return blocks * type.blockBytes();
  }

  private CheckpointException problem(Listing listing, String what) {
    return new CheckpointException(
        file.path(),
        "tensor %s %s %s: %s. The file is truncated or damaged: fetch it again"
            .formatted(listing.name(), listing.typeName(), listing.shape(), what));
  }
}
