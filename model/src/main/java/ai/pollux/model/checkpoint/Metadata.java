package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a checkpoint says about itself: key-value pairs, in the order of the file. The typed readers
 * are empty where the key is absent and throw {@link CheckpointException} where it has another
 * type.
 */
public final class Metadata {
  private final Path file;
  private final Map<String, MetadataValue> values;

  Metadata(Path file, Map<String, MetadataValue> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** All keys. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** The value of a key, whatever its type. */
  public Optional<MetadataValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A string. */
  public Optional<String> text(String key) {
    return typed(key, MetadataValue.Text.class, "a string").map(MetadataValue.Text::value);
  }

  /** An integer. */
  public OptionalLong whole(String key) {
    return typed(key, MetadataValue.Whole.class, "an integer").stream()
        .mapToLong(MetadataValue.Whole::value)
        .findFirst();
  }

  /** A number; an integer is taken as one. */
  public OptionalDouble real(String key) {
    if (values.get(key) instanceof MetadataValue.Whole whole) {
      return OptionalDouble.of((double) whole.value());
    }
    return typed(key, MetadataValue.Real.class, "a number").stream()
        .mapToDouble(MetadataValue.Real::value)
        .findFirst();
  }

  /** True or false. */
  public Optional<Boolean> flag(String key) {
    return typed(key, MetadataValue.Flag.class, "true or false").map(MetadataValue.Flag::value);
  }

  /** An array. */
  public Optional<MetadataValue.Items> items(String key) {
    return typed(key, MetadataValue.Items.class, "an array");
  }

  private <T extends MetadataValue> Optional<T> typed(String key, Class<T> type, String expected) {
    MetadataValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      String found = (value instanceof MetadataValue.Items ? "an array of " : "") + value.type();
      throw new CheckpointException(
          file,
          "metadata %s: expected %s, found %s. Whatever wrote this file does not follow its format"
              .formatted(key, expected, found));
    }
    return Optional.of(type.cast(value));
  }
}
