package ai.pollux.model.convert;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.List;
import java.util.Locale;

/** Which tensor of a projector gets which format: as llama.cpp's converter has it. */
@SuppressWarnings("ImmutableEnumChecker") // formats are objects without state
public enum ProjectorRecipe {
  /** All but one matrix of Gemma 3 in 32 bits. */
  F32(Formats.F32, 0),
  /** Matrices in half precision. */
  F16(Formats.F16, 1),
  /** Matrices in bfloat16. */
  BF16(Formats.BF16, 32),
  /** Matrices in 8 bits. */
  Q8_0(Formats.Q8_0, 7);

  /** What convolves a sound stays as it is. */
  private static final List<String> CONVOLUTIONS = List.of("a.conv1d.", "a.input_projection.");

  private final BlockFormat matrices;
  private final int fileType;

  ProjectorRecipe(BlockFormat matrices, int fileType) {
    this.matrices = matrices;
    this.fileType = fileType;
  }

  /** llama.cpp's number for a file made by this recipe. */
  int fileType() {
    return fileType;
  }

  /** Like {@code BF16}; case does not matter. */
  public static ProjectorRecipe named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The one that goes with a decoder's: bfloat16 where that has fewer bits than 8. */
  public static ProjectorRecipe beside(Recipe decoder) {
    return switch (decoder) {
      case F32 -> F32;
      case F16 -> F16;
      case Q8_0 -> Q8_0;
      case BF16, Q4_0, Q4_K, Q4_K_M, Q6_K -> BF16;
    };
  }

  /**
   * The format of a tensor.
   *
   * @param name its name in GGUF
   * @param shape outermost axis first
   */
  BlockFormat format(Encoders.Kind kind, String name, List<Long> shape) {
    boolean isPlain =
        shape.size() < 2
            || !name.endsWith(".weight")
            || name.endsWith("_norm.weight")
            || name.startsWith("v.position_embd.");
    if (isPlain) {
      return Formats.F32;
    }
    BlockFormat format =
        switch (kind) {
          case GEMMA3 -> ofGemma3(name);
          case GEMMA3N -> ofGemma3n(name);
          case GEMMA4, GEMMA4_UNIFIED -> ofGemma4(name);
        };
    return shape.getLast() % format.blockSize() == 0 ? format : Formats.F16;
  }

  private BlockFormat ofGemma3(String name) {
    if (name.startsWith("mm.input_projection.")) {
      return Formats.F16;
    }
    return name.startsWith("v.patch_embd.") ? Formats.F32 : matrices;
  }

  private BlockFormat ofGemma3n(String name) {
    if (name.startsWith("a.pre_encode.")) {
      return Formats.F16;
    }
    boolean isKept = name.startsWith("v.conv_stem.") || isConvolution(name);
    return isKept ? Formats.F32 : matrices;
  }

  private BlockFormat ofGemma4(String name) {
    boolean isKept = name.startsWith("v.patch_embd.") && this != F16;
    return isKept || isConvolution(name) ? Formats.F32 : matrices;
  }

  private static boolean isConvolution(String name) {
    return CONVOLUTIONS.stream().anyMatch(name::startsWith) || name.endsWith(".conv_dw.weight");
  }
}
