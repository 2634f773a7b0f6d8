package ai.pollux.model.convert;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.List;
import java.util.Locale;

/** Which tensor of a GGUF gets which format. */
@SuppressWarnings("ImmutableEnumChecker") // formats are objects without state
public enum Recipe {
  /** All in 32 bits. */
  F32(Formats.F32, Formats.F32, 0),
  /** Matrices in half precision. */
  F16(Formats.F16, Formats.F16, 1),
  /** Matrices in bfloat16. */
  BF16(Formats.BF16, Formats.BF16, 32),
  /** Matrices in 8 bits. */
  Q8_0(Formats.Q8_0, Formats.Q8_0, 7),
  /** Matrices in 4 bits, the head in 6. */
  Q4_0(Formats.Q4_0, Formats.Q6_K, 2),
  /** Matrices in 4 bits with scales of scales, the head in 6. */
  Q4_K(Formats.Q4_K, Formats.Q6_K, 14),
  /**
   * As {@link #Q4_K}, but half of the values and of the matrices back to the hidden size in 6 bits,
   * which a model misses most.
   */
  Q4_K_M(Formats.Q4_K, Formats.Q6_K, 15),
  /** Matrices in 6 bits. */
  Q6_K(Formats.Q6_K, Formats.Q6_K, 18);

  /** Matrices that a model's choices hang on: they stay as they are. */
  private static final List<String> KEPT =
      List.of(
          "_norm.weight",
          "ffn_gate_inp.weight",
          "altup_predict_coef",
          "altup_correct_coef",
          ".position_embd",
          ".patch_embd");

  /** Matrices that are small: they get blocks in no file. */
  private static final List<String> SMALL = List.of("per_layer_model_proj", "altup", "laurel");

  private final BlockFormat matrices;
  private final BlockFormat head;
  private final int fileType;

  Recipe(BlockFormat matrices, BlockFormat head, int fileType) {
    this.matrices = matrices;
    this.head = head;
    this.fileType = fileType;
  }

  /** llama.cpp's number for a file made by this recipe. */
  int fileType() {
    return fileType;
  }

  /** Like {@code Q4_K_M}; case does not matter. */
  public static Recipe named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The format of a tensor.
   *
   * @param name its name in GGUF
   * @param shape outermost axis first
   * @param tied whether the embedding serves as head
   * @param blocks how many blocks the model has
   */
  BlockFormat format(String name, List<Long> shape, boolean tied, int blocks) {
    if (keeps(name, shape)) {
      return Formats.F32;
    }
    boolean isHead = name.equals("output.weight") || (tied && name.equals("token_embd.weight"));
    boolean isFine = isHead || (this == Q4_K_M && isMissedMost(name, blocks));
    return fitting(isFine ? head : matrices, shape.getLast());
  }

  /** Whether a tensor stays as it is; in 32 bits where it comes from a folder. */
  boolean keeps(String name, List<Long> shape) {
    boolean isMatrix = shape.size() >= 2 && name.endsWith("weight");
    boolean isSmall = matrices.blockSize() > 1 && SMALL.stream().anyMatch(name::contains);
    return !isMatrix || isSmall || KEPT.stream().anyMatch(name::contains);
  }

  /** Values and matrices back to the hidden size of the first and last eighth and each third. */
  private static boolean isMissedMost(String name, int blocks) {
    boolean isOne = name.contains(".attn_v.") || name.contains(".ffn_down");
    if (!name.startsWith("blk.") || !isOne) {
      return false;
    }
    int block = Integer.parseInt(name.split("\\.")[1]);
    int eighth = blocks / 8;
    return block < eighth || block >= 7 * blocks / 8 || (block - eighth) % 3 == 2;
  }

  /** The format, or the next finer one whose blocks fill the rows. */
  private static BlockFormat fitting(BlockFormat format, long rowSize) {
    if (rowSize % format.blockSize() == 0) {
      return format;
    }
    BlockFormat finer =
        switch (format.name()) {
          case "Q4_K" -> Formats.Q5_0;
          case "Q6_K" -> Formats.Q8_0;
          default -> Formats.F16;
        };
    return fitting(finer, rowSize);
  }
}
