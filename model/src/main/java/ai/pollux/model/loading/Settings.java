package ai.pollux.model.loading;

import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.checkpoint.MetadataValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a checkpoint: {@code config.json}, or a GGUF's metadata. Whoever asks says what a
 * value must be; one that is absent or different throws a {@link SettingException}.
 */
public final class Settings {
  /** The largest size a model may name; keeps products of two sizes inside a {@code long}. */
  private static final int LARGEST = 1 << 24;

  /** Longer arrays, which are vocabularies, stay in their file. */
  private static final int LONGEST_LIST = 8192;

  private final Format format;
  private final String file;
  private final String path;
  private final Map<String, ?> values;
  private final @Nullable Settings whole;

  /**
   * Settings as a file has them; values are numbers, booleans, strings, lists and maps.
   *
   * @param file its name, for messages
   */
  public Settings(Format format, String file, Map<String, ?> values) {
    this(format, file, "", values, null);
  }

  private Settings(
      Format format, String file, String path, Map<String, ?> values, @Nullable Settings whole) {
    this.format = format;
    this.file = file;
    this.path = path;
    this.values = values;
    this.whole = whole;
  }

  /**
   * The settings in a {@code config.json}.
   *
   * @throws ModelException if it is not JSON
   */
  public static Settings ofJson(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      Object root = JsonMapper.shared().readValue(file, Object.class);
      if (root instanceof Map<?, ?> map) {
        return new Settings(Format.HUGGING_FACE, name, named(map));
      }
      throw new ModelException(name + ": expected a JSON object, as config.json of a model is");
    } catch (JacksonException e) {
      throw new ModelException(
          "%s: is not readable as JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
  }

  /**
   * The settings in a GGUF's metadata that are about one architecture, without its name before
   * them.
   *
   * @param file the file's name
   */
  public static Settings ofGguf(String file, Metadata metadata, String architecture) {
    Map<String, Object> all = new LinkedHashMap<>();
    metadata.keys().forEach(key -> all.put(key, plain(metadata.value(key).orElseThrow())));
    Settings whole = new Settings(Format.GGUF, file, all);
    return new Settings(Format.GGUF, file, architecture + ".", whole.inside(architecture), whole);
  }

  private static Object plain(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Whole whole -> whole.value();
      case MetadataValue.Real real -> real.value();
      case MetadataValue.Flag flag -> flag.value();
      case MetadataValue.Text text -> text.value();
      case MetadataValue.Items items when items.size() > LONGEST_LIST -> items;
      case MetadataValue.Items items -> items.values().stream().map(Settings::plain).toList();
    };
  }

  /** Whose spelling the keys have. */
  public Format format() {
    return format;
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** All settings of the file that these are a section of; these themselves if they are all. */
  public Settings whole() {
    return whole == null ? this : whole;
  }

  /** Whether a setting is there, and not JSON's null. */
  public boolean has(String key) {
    return values.get(key) != null;
  }

  /**
   * The settings under a key: an object of a JSON file, or the keys that start with {@code key} and
   * a dot.
   */
  public Settings section(String key) {
    Object value = values.get(key);
    if (value instanceof Map<?, ?> map) {
      return new Settings(format, file, path + key + ".", named(map), whole());
    }
    Map<String, Object> inside = inside(key);
    if (inside.isEmpty()) {
      throw wrong(key, "a group of settings");
    }
    return new Settings(format, file, path + key + ".", inside, whole());
  }

  private Map<String, Object> inside(String key) {
    Map<String, Object> inside = new LinkedHashMap<>();
    values.forEach((name, each) -> {
      if (name.startsWith(key + ".") && each != null) {
        inside.put(name.substring(key.length() + 1), each);
      }
    });
    return inside;
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  /** A size: a whole number from 1 on. */
  public int size(String key) {
    return integer(key, 1, LARGEST);
  }

  /** A size, or {@code otherwise} where the file does not have it. */
  public int size(String key, int otherwise) {
    return has(key) ? size(key) : otherwise;
  }

  /** A whole number in a range, ends included. */
  public int integer(String key, int least, int most) {
    return whole(key, values.get(key), least, most);
  }

  /** A whole number in a range, or {@code otherwise} where the file does not have it. */
  public int integerOr(String key, int otherwise, int least, int most) {
    return has(key) ? integer(key, least, most) : otherwise;
  }

  /** The number of blocks. */
  public int layers(String key) {
    return integer(key, 1, 4096);
  }

  /** K, which is even, because rotation takes pairs. */
  public int headSize(String key, int otherwise) {
    int size = integerOr(key, otherwise, 1, 1 << 14);
    if (size % 2 != 0) {
      throw new SettingException(file, path + key, "an even head size", String.valueOf(size));
    }
    return size;
  }

  private int whole(String key, @Nullable Object value, int least, int most) {
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.intValue();
    }
    throw wrong(key, "a whole number from %d to %d".formatted(least, most));
  }

  /** A size for each layer: a list of that length, or one number for all. */
  public int[] sizes(String key, int layers) {
    int[] sizes = new int[layers];
    if (!(values.get(key) instanceof List<?> list)) {
      Arrays.fill(sizes, size(key));
      return sizes;
    }
    if (list.size() != layers) {
      throw wrong(key, "one number, or a list of %d, one for each layer".formatted(layers));
    }
    for (int i = 0; i < layers; i++) {
      sizes[i] = whole(key, list.get(i), 1, LARGEST);
    }
    return sizes;
  }

  /** A number above zero. */
  public double positive(String key) {
    if (values.get(key) instanceof Number number
        && number.doubleValue() > 0
        && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(key, "a number above 0");
  }

  /** A number above zero, or {@code otherwise} where the file does not have it. */
  public double positive(String key, double otherwise) {
    return has(key) ? positive(key) : otherwise;
  }

  /** Yes or no, or {@code otherwise} where the file does not have it. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (values.get(key) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "true or false");
  }

  /** A text. */
  public String text(String key) {
    if (values.get(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  /** A text, or {@code otherwise} where the file does not have it. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** Whether a setting is a list. */
  public boolean isList(String key) {
    return values.get(key) instanceof List<?>;
  }

  /** A list of a known length, of texts or booleans. */
  public <T> List<T> list(String key, int length, Class<T> kind) {
    List<T> found = new ArrayList<>();
    if (values.get(key) instanceof List<?> list && list.size() == length) {
      list.stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
    }
    if (found.size() != length) {
      throw wrong(
          key,
          "a list of %d %s values"
              .formatted(length, kind.getSimpleName().toLowerCase(Locale.ROOT)));
    }
    return found;
  }

  /** Where texts stand in a list of texts; of those that do not, and without a list, nothing. */
  public int[] indicesOf(String key, List<String> texts) {
    List<?> list =
        switch (values.get(key)) {
          case List<?> found -> found;
          case MetadataValue.Items items -> items.texts();
          case null, default -> List.of();
        };
    return texts.stream().mapToInt(list::indexOf).filter(index -> index >= 0).toArray();
  }

  /** Refuses a switch that is on, because no family here does what it asks for. */
  public void refuse(String key, String reason) {
    if (flag(key, false)) {
      throw new SettingException(file, path + key, "false (" + reason + ")", "true");
    }
  }

  /** Refuses a text other than the one the family computes with; absent is as good. */
  public void expect(String key, String only) {
    if (!text(key, only).equals(only)) {
      throw wrong(key, '"' + only + '"');
    }
  }

  /** The refusal of a setting's value. */
  public SettingException wrong(String key, String expected) {
    return new SettingException(file, path + key, expected, found(values.get(key)));
  }

  private static String found(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> '"' + text + '"';
      case List<?> list when list.size() > 8 -> "a list of " + list.size();
      case MetadataValue.Items items -> "a list of " + items.size();
      default -> value.toString();
    };
  }
}
