package ai.pollux.tensor.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM. It has to be a constant of the class for the compiler to turn
 * vectors into registers: tests of other widths load this package again by another class loader.
 */
final class Lanes {
  /** The system property that overrides the width: 128, 256 or 512 bits. */
  static final String PROPERTY = "pollux.simd.bits";

  static final VectorSpecies<Float> FLOATS = floats();
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** As many shorts as a vector has floats. */
  static final VectorSpecies<Short> SHORT_VALUES = narrow(short.class, 2);

  /** As many bytes as a vector has floats, or 8 where there are fewer. */
  static final VectorSpecies<Byte> BYTE_VALUES = narrow(byte.class, 4);

  /** Floats per vector. */
  static final int COUNT = FLOATS.length();

  /** Bytes per vector. */
  static final int BYTES = FLOATS.vectorByteSize();

  private Lanes() {}

  private static <E> VectorSpecies<E> narrow(Class<E> type, int factor) {
    int bits = Math.max(FLOATS.vectorBitSize() / factor, 64);
    return VectorSpecies.of(type, VectorShape.forBitSize(bits));
  }

  private static VectorSpecies<Float> floats() {
    String bits = System.getProperty(PROPERTY, "preferred");
    return switch (bits) {
      case "preferred" -> FloatVector.SPECIES_PREFERRED;
      case "128", "256", "512" ->
          VectorSpecies.of(float.class, VectorShape.forBitSize(Integer.parseInt(bits)));
      default ->
          throw new IllegalArgumentException(
              "-D%s: expected 128, 256 or 512, found %s".formatted(PROPERTY, bits));
    };
  }
}
