package ai.pollux.model.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: the length of
 * a JSON header in 8 bytes, the header, the bytes of all tensors without holes.
 */
final class SafetensorsReader {
  /** The reference implementation's limit. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  /** Bytes per value of every type of the format; those that Pollux reads are {@link Formats}. */
  private static final Map<String, Integer> TYPE_BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("C64", 8),
          Map.entry("F32", 4),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E8M0", 1),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  private final MappedFile file;
  private final long dataStart;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Extent> extents = new ArrayList<>();

  /** Where a tensor lies, counted from the start of the data. */
  private record Extent(String name, long begin, long end) {}

  private SafetensorsReader(MappedFile file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  /** Whether the file starts as this format does: a length, then a brace. */
  static boolean claims(MappedFile file) {
    return file.size() > Long.BYTES && file.bytes().get(JAVA_BYTE, Long.BYTES) == '{';
  }

  static Contents read(MappedFile file) {
    Cursor cursor = new Cursor(file, 0);
    long length = cursor.count(Long.BYTES, 1, "the header");
    if (length > MOST_HEADER_BYTES) {
      throw file.problem(
          0,
          "the header has %d bytes, expected at most %d. The file is damaged: fetch it again"
              .formatted(length, MOST_HEADER_BYTES));
    }
    byte[] header = file.bytes().asSlice(Long.BYTES, length).toArray(JAVA_BYTE);
    return new SafetensorsReader(file, Long.BYTES + length).read(header);
  }

  private Contents read(byte[] header) {
    Map<String, MetadataValue> metadata = new LinkedHashMap<>();
    JsonHeader json = new JsonHeader(file.path(), header, Long.BYTES);
    json.object(name -> {
      if (name.equals("__metadata__")) {
        json.object(key -> metadata.put(key, new MetadataValue.Text(json.text(key))));
      } else {
        tensor(json, name);
      }
    });
    json.end();
    checkExtents();
    return new Contents(Checkpoint.Kind.SAFETENSORS, entries, new Metadata(file.path(), metadata));
  }

  private void tensor(JsonHeader json, String name) {
    TensorFields fields = new TensorFields();
    json.object(key -> {
      switch (key) {
        case "dtype" -> fields.type = json.text(key);
        case "shape" -> fields.shape = json.wholes(key);
        case "data_offsets" -> fields.offsets = json.wholes(key);
        default -> json.skip();
      }
    });
    if (fields.type.isEmpty() || fields.offsets.size() != 2) {
      throw problem(name, "its header lacks dtype or data_offsets [begin, end]");
    }
    long begin = fields.offsets.get(0);
    long end = fields.offsets.get(1);
    if (begin < 0 || end < begin || end > file.size() - dataStart) {
      throw problem(
          name,
          "its data_offsets [%d, %d] are outside the %d bytes of data. The file is truncated or damaged: fetch it again"
              .formatted(begin, end, file.size() - dataStart));
    }
    checkSize(name, fields, end - begin);
    extents.add(new Extent(name, begin, end));
    entries.put(
        name,
        new Entry(
            name,
            fields.shape,
            fields.type,
            format(fields.type),
            file.path(),
            file.bytes().asSlice(dataStart + begin, end - begin)));
  }

  /** Block formats, whose sizes safetensors cannot tell, are other files' types. */
  private static Optional<BlockFormat> format(String type) {
    return TYPE_BYTES.containsKey(type) ? Formats.named(type) : Optional.empty();
  }

  private void checkSize(String name, TensorFields fields, long found) {
    long expected = TYPE_BYTES.getOrDefault(fields.type, 0);
    for (long size : fields.shape) {
      if (size < 0 || (size > 0 && expected > Long.MAX_VALUE / size)) {
        throw problem(name, "its shape %s is impossible".formatted(fields.shape));
      }
      expected *= size;
    }
    if (TYPE_BYTES.containsKey(fields.type) && expected != found) {
      throw problem(
          name,
          "%s %s takes %d bytes, its data_offsets span %d. The file is damaged: fetch it again"
              .formatted(fields.type, fields.shape, expected, found));
    }
  }

  /** The format allows no holes, no overlaps and nothing after the last tensor. */
  private void checkExtents() {
    extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
    long end = 0;
    for (Extent extent : extents) {
      if (extent.begin() != end) {
        throw problem(
            extent.name(),
            "its data begin at %d, expected %d, where the tensor before it ends. The file is damaged: fetch it again"
                .formatted(extent.begin(), end));
      }
      end = extent.end();
    }
    if (end != file.size() - dataStart) {
      throw file.problem(
          dataStart + end,
          "the last tensor ends here, but more bytes follow. The file is damaged: fetch it again");
    }
  }

  private CheckpointException problem(String name, String what) {
    return new CheckpointException(file.path(), "tensor " + name + ": " + what);
  }

  /** The fields of one tensor while its object is read. */
  private static final class TensorFields {
    private String type = "";
    private List<Long> shape = List.of();
    private List<Long> offsets = List.of();
  }
}
