package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.List;

/** One value of a checkpoint's {@link Metadata}, typed as GGUF types it. */
public sealed interface MetadataValue {
  /** A string. */
  static MetadataValue text(String value) {
    return new Text(value);
  }

  /** An unsigned integer of 32 bits. */
  static MetadataValue uint32(long value) {
    return new Whole(GgufType.UINT32, value);
  }

  /** A number of 32 bits. */
  static MetadataValue float32(double value) {
    return new Real(GgufType.FLOAT32, value);
  }

  /** True or false. */
  static MetadataValue flag(boolean value) {
    return new Flag(value);
  }

  /**
   * An array.
   *
   * @param type the type of every element
   */
  static MetadataValue array(GgufType type, List<MetadataValue> values) {
    List<MetadataValue> kept = List.copyOf(values);
    return new ArrayItems(type, kept.size(), () -> kept, Path.of("new file"), "array");
  }

  /** The type as GGUF names it; for {@link Items} that of the elements. */
  GgufType type();

  /** An integer of 8 to 64 bits; an unsigned one of 64 bits above 2⁶³-1 appears negative. */
  record Whole(GgufType type, long value) implements MetadataValue {}

  /** A floating-point number of 32 or 64 bits. */
  record Real(GgufType type, double value) implements MetadataValue {}

  /** True or false. */
  record Flag(boolean value) implements MetadataValue {
    @Override
    public GgufType type() {
      return GgufType.BOOL;
    }
  }

  /** A string. */
  record Text(String value) implements MetadataValue {
    @Override
    public GgufType type() {
      return GgufType.STRING;
    }
  }

  /**
   * An array, left in the file until it is asked for: a vocabulary has 262,144 strings. Each call
   * decodes it afresh; keep what you need.
   */
  non-sealed interface Items extends MetadataValue {
    /** How many elements. */
    int size();

    /** All elements. */
    List<MetadataValue> values();

    /**
     * The elements of an array of strings.
     *
     * @throws CheckpointException if they are not strings
     */
    List<String> texts();

    /**
     * The elements of an array of integers or booleans (0 and 1).
     *
     * @throws CheckpointException if they are others
     */
    long[] wholes();

    /**
     * The elements of an array of numbers, as floats.
     *
     * @throws CheckpointException if they are no numbers
     */
    float[] reals();
  }
}
