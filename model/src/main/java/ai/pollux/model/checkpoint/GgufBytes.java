package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The header of a GGUF while it is put together: little-endian numbers, strings, typed values. */
final class GgufBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void int32(long value) {
    number(value, Integer.BYTES);
  }

  void int64(long value) {
    number(value, Long.BYTES);
  }

  void text(String value) {
    byte[] text = value.getBytes(UTF_8);
    int64(text.length);
    bytes.writeBytes(text);
  }

  void pair(String key, MetadataValue value) {
    text(key);
    int32((value instanceof MetadataValue.Items ? GgufType.ARRAY : value.type()).number());
    value(value);
  }

  /** Adds zeros up to a multiple of {@code alignment}. */
  void pad(int alignment) {
    bytes.writeBytes(new byte[Math.floorMod(-bytes.size(), alignment)]);
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }

  private void value(MetadataValue value) {
    switch (value) {
      case MetadataValue.Whole whole -> number(whole.value(), whole.type().leastBytes());
      case MetadataValue.Real real -> {
        if (real.type() == GgufType.FLOAT32) {
          int32(Float.floatToRawIntBits((float) real.value()));
        } else {
          int64(Double.doubleToRawLongBits(real.value()));
        }
      }
      case MetadataValue.Flag flag -> bytes.write(flag.value() ? 1 : 0);
      case MetadataValue.Text text -> text(text.value());
      case MetadataValue.Items items -> {
        List<MetadataValue> values = items.values();
        int32(items.type().number());
        int64(values.size());
        values.forEach(this::value);
      }
    }
  }

  private void number(long value, int size) {
    for (int i = 0; i < size; i++) {
      bytes.write((int) (value >> (Byte.SIZE * i)));
    }
  }
}
