package ai.pollux.tensor.jit;

/**
 * The inner part of a kernel for one layout of weights: reads the next inputs of a tile, decodes
 * their weights and multiplies them with the rows of inputs.
 */
sealed interface TileCode permits NibbleCode, ByteCode, ShortCode, FloatCode, AffineCode {
  /** Inputs that {@link #emitStep} does at once. */
  int inputs();

  /** Values of 32 bits that the code reads as {@link Rows#constant}. */
  int[] constants();

  /** Emits what a kernel does once: constants into registers that nothing else changes. */
  default void emitStart(Rows rows) {}

  /** Emits what a tile begins with. */
  default void emitTileStart(Rows rows) {}

  /**
   * Emits a step: {@link Rows#WEIGHTS} and the rows of inputs move on. May use vector registers 16
   * to 31 and the general registers {@link Rows#BLOCK}, {@link Rows#COUNT} and {@code r11}.
   */
  void emitStep(Rows rows);
}
