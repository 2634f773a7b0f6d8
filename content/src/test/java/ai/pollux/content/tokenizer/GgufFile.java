package ai.pollux.content.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tokenizer entries of a GGUF file, read for tests: no checks, the file is known to be good.
 */
final class GgufFile {
  private static final String PREFIX = "tokenizer.ggml.";

  private final ByteBuffer file;

  private GgufFile(ByteBuffer file) {
    this.file = file;
  }

  static GgufVocabulary read(Path path) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      return new GgufFile(bytes).vocabulary();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GgufVocabulary vocabulary() {
    file.position(16); // magic, version, tensor count
    long entries = file.getLong();
    Map<String, Object> all = new HashMap<>();
    for (long i = 0; i < entries; i++) {
      String key = text();
      all.put(key, value(file.getInt()));
    }
    return new GgufVocabulary(
        (String) all.get(PREFIX + "model"),
        (String) all.getOrDefault(PREFIX + "pre", "default"),
        texts(all, "tokens"),
        floats(all),
        texts(all, "token_type", Integer.class).stream().mapToInt(Integer::intValue).toArray(),
        texts(all, "merges"),
        id(all, "bos_token_id"),
        id(all, "eos_token_id"),
        id(all, "unknown_token_id"),
        flag(all, "add_bos_token"),
        flag(all, "add_eos_token"),
        flag(all, "add_space_prefix"));
  }

  private static List<String> texts(Map<String, Object> all, String name) {
    return texts(all, name, String.class);
  }

  private static <T> List<T> texts(Map<String, Object> all, String name, Class<T> type) {
    List<?> values = (List<?>) all.getOrDefault(PREFIX + name, List.of());
    return values.stream().map(type::cast).toList();
  }

  private static float[] floats(Map<String, Object> all) {
    List<Float> values = texts(all, "scores", Float.class);
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static OptionalInt id(Map<String, Object> all, String name) {
    Object value = all.get(PREFIX + name);
    return value instanceof Integer id ? OptionalInt.of(id) : OptionalInt.empty();
  }

  private static Optional<Boolean> flag(Map<String, Object> all, String name) {
    return Optional.ofNullable((Boolean) all.get(PREFIX + name));
  }

  private Object value(int type) {
    return switch (type) {
      case 0, 1 -> (int) file.get();
      case 2, 3 -> (int) file.getShort();
      case 4, 5 -> file.getInt();
      case 6 -> file.getFloat();
      case 7 -> file.get() != 0;
      case 8 -> text();
      case 9 -> {
        int elements = file.getInt();
        long count = file.getLong();
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          values.add(value(elements));
        }
        yield values;
      }
      case 10, 11 -> file.getLong();
      case 12 -> file.getDouble();
      default -> throw new IllegalArgumentException("GGUF value type " + type);
    };
  }

  private String text() {
    byte[] bytes = new byte[(int) file.getLong()];
    file.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
