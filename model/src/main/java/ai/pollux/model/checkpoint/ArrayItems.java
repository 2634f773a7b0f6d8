package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * An array whose elements are made when they are asked for.
 *
 * @param file where it is from, for messages
 * @param key what it is called, for messages
 */
record ArrayItems(
    GgufType type, int size, Supplier<List<MetadataValue>> source, Path file, String key)
    implements MetadataValue.Items {
  @Override
  public List<MetadataValue> values() {
    return source.get();
  }

  @Override
  public List<String> texts() {
    return values().stream()
        .map(value ->
            switch (value) {
              case MetadataValue.Text(String text) -> text;
              case MetadataValue.Whole _,
                  MetadataValue.Real _,
                  MetadataValue.Flag _,
                  MetadataValue.Items _ ->
                  throw wrong("strings");
            })
        .toList();
  }

  @Override
  public long[] wholes() {
    return values().stream()
        .mapToLong(value ->
            switch (value) {
              case MetadataValue.Whole whole -> whole.value();
              case MetadataValue.Flag flag -> flag.value() ? 1 : 0;
              case MetadataValue.Real _, MetadataValue.Text _, MetadataValue.Items _ ->
                  throw wrong("integers");
            })
        .toArray();
  }

  @Override
  public float[] reals() {
    float[] reals = new float[size];
    List<MetadataValue> values = values();
    for (int i = 0; i < size; i++) {
      reals[i] =
          switch (values.get(i)) {
            case MetadataValue.Whole whole -> (float) whole.value();
            case MetadataValue.Real real -> (float) real.value();
            case MetadataValue.Flag _, MetadataValue.Text _, MetadataValue.Items _ ->
                throw wrong("numbers");
          };
    }
    return reals;
  }

  private CheckpointException wrong(String expected) {
    return new CheckpointException(
        file,
        "metadata %s: expected an array of %s, found one of %s".formatted(key, expected, type));
  }
}
