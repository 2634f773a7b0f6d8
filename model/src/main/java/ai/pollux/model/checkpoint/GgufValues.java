package ai.pollux.model.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** Reads the typed values of GGUF's metadata. Arrays are gone over and left where they are. */
final class GgufValues {
  private static final int MOST_NESTING = 8;

  private GgufValues() {}

  /** Reads a type and a value of it. */
  static MetadataValue read(MappedFile file, Cursor cursor, String key) {
    return value(file, cursor, type(file, cursor, key), key, 0);
  }

  private static GgufType type(MappedFile file, Cursor cursor, String key) {
    long at = cursor.at();
    long number = cursor.uint32("the type of " + key);
    return GgufType.of(number)
        .orElseThrow(() ->
            file.problem(
                at,
                "metadata %s has the unknown type %d. The file is damaged: fetch it again"
                    .formatted(key, number)));
  }

  private static MetadataValue value(
      MappedFile file, Cursor cursor, GgufType type, String key, int depth) {
    return switch (type) {
      case UINT8 -> new MetadataValue.Whole(type, Byte.toUnsignedInt(cursor.int8(key)));
      case INT8 -> new MetadataValue.Whole(type, cursor.int8(key));
      case UINT16 -> new MetadataValue.Whole(type, Short.toUnsignedInt(cursor.int16(key)));
      case INT16 -> new MetadataValue.Whole(type, cursor.int16(key));
      case UINT32 -> new MetadataValue.Whole(type, cursor.uint32(key));
      case INT32 -> new MetadataValue.Whole(type, cursor.int32(key));
      case UINT64, INT64 -> new MetadataValue.Whole(type, cursor.int64(key));
      case FLOAT32 -> new MetadataValue.Real(type, Float.intBitsToFloat(cursor.int32(key)));
      case FLOAT64 -> new MetadataValue.Real(type, Double.longBitsToDouble(cursor.int64(key)));
      case BOOL -> new MetadataValue.Flag(cursor.int8(key) != 0);
      case STRING -> new MetadataValue.Text(cursor.text(Long.BYTES, Integer.MAX_VALUE - 8, key));
      case ARRAY -> array(file, cursor, key, depth);
    };
  }

  private static MetadataValue array(MappedFile file, Cursor cursor, String key, int depth) {
    long at = cursor.at();
    if (depth == MOST_NESTING) {
      throw file.problem(
          at,
          "metadata %s nests more than %d arrays. The file is damaged"
              .formatted(key, MOST_NESTING));
    }
    GgufType type = type(file, cursor, key);
    long count = cursor.count(Long.BYTES, type.leastBytes(), key);
    if (count > Integer.MAX_VALUE - 8) {
      throw file.problem(at, "metadata %s has %d elements, more than fit".formatted(key, count));
    }
    long start = cursor.at();
    switch (type) {
      case STRING -> cursor.skipTexts(count, key);
      case ARRAY -> {
        for (long i = 0; i < count; i++) {
          array(file, cursor, key, depth + 1);
        }
      }
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, UINT64, INT64, FLOAT64 ->
          cursor.skip(count * type.leastBytes(), key);
    }
    int size = (int) count;
    return new ArrayItems(
        type, size, () -> values(file, start, type, size, key, depth), file.path(), key);
  }

  private static List<MetadataValue> values(
      MappedFile file, long start, GgufType type, int size, String key, int depth) {
    if (!file.bytes().scope().isAlive()) {
      throw new CheckpointException(
          file.path(),
          "metadata %s: the checkpoint is closed. Read its arrays before closing it"
              .formatted(key));
    }
    Cursor cursor = new Cursor(file, start);
    List<MetadataValue> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(value(file, cursor, type, key, depth + 1));
    }
    return values;
  }
}
