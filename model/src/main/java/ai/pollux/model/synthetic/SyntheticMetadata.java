package ai.pollux.model.synthetic;

import static ai.pollux.model.checkpoint.MetadataValue.array;
import static ai.pollux.model.checkpoint.MetadataValue.flag;
import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.text;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;

import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.tensor.quant.BlockFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * GGUF's metadata for a shape, with a vocabulary of the right size that means nothing but for the
 * marks of turns and media: such a model can be talked to.
 */
final class SyntheticMetadata {
  /** As Gemma numbers them. */
  private static final List<String> SPECIAL = List.of("<pad>", "<eos>", "<bos>", "<unk>");

  private static final List<String> GEMMA3_MARKS =
      List.of(
          "<start_of_turn>",
          "<end_of_turn>",
          "<start_of_image>",
          "<image_soft_token>",
          "<end_of_image>",
          "<start_of_audio>",
          "<audio_soft_token>",
          "<end_of_audio>");

  private static final List<String> GEMMA4_MARKS =
      List.of(
          "<|turn>",
          "<turn|>",
          "<|image>",
          "<|image|>",
          "<image|>",
          "<|audio>",
          "<|audio|>",
          "<audio|>",
          "<|video|>");

  private static final int BYTES = 256;
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private SyntheticMetadata() {}

  static void put(GgufWriter writer, ModelShape shape, BlockFormat type) {
    String key = shape.family().architecture();
    writer
        .put("general.architecture", text(key))
        .put("general.name", text(shape.name() + ", random weights"))
        .put("general.quantization_version", uint32(2))
        .put("general.file_type", uint32(fileType(type)))
        .put(key + ".block_count", uint32(shape.layers()))
        .put(key + ".context_length", uint32(shape.contextLength()))
        .put(key + ".embedding_length", uint32(shape.hiddenSize()))
        .put(key + ".feed_forward_length", feedForward(shape))
        .put(key + ".attention.head_count", uint32(shape.heads()))
        .put(key + ".attention.head_count_kv", kvHeads(shape))
        .put(key + ".attention.key_length", uint32(shape.globalHeadSize()))
        .put(key + ".attention.value_length", uint32(shape.globalHeadSize()))
        .put(key + ".vocab_size", uint32(shape.vocabulary()));
    switch (shape.family()) {
      case LLAMA -> llama(writer, key, shape);
      case GEMMA3 -> gemma3(writer, key, shape);
      case GEMMA3N -> gemma3n(writer, key, shape);
      case GEMMA4 -> gemma4(writer, key, shape);
    }
    vocabulary(writer, special(shape.family()), shape.vocabulary());
  }

  /** llama.cpp's number for files that are mostly of a type; 1024 where it has to guess. */
  private static int fileType(BlockFormat type) {
    return switch (type.name()) {
      case "F32" -> 0;
      case "F16" -> 1;
      case "Q4_0" -> 2;
      case "Q4_1" -> 3;
      case "Q8_0" -> 7;
      case "Q5_0" -> 8;
      case "Q5_1" -> 9;
      case "Q4_K" -> 14;
      case "Q5_K" -> 16;
      case "Q6_K" -> 18;
      case "BF16" -> 32;
      default -> 1024;
    };
  }

  private static void llama(GgufWriter writer, String key, ModelShape shape) {
    writer
        .put(key + ".attention.layer_norm_rms_epsilon", float32(1e-5f))
        .put(key + ".rope.freq_base", float32(500_000))
        .put(key + ".rope.dimension_count", uint32(shape.globalHeadSize()));
  }

  private static void gemma3(GgufWriter writer, String key, ModelShape shape) {
    gemma(writer, key, shape);
    if (shape.contextLength() > 32_768) { // the longer contexts were reached by stretching
      writer
          .put(key + ".rope.scaling.type", text("linear"))
          .put(key + ".rope.scaling.factor", float32(8));
    }
  }

  private static void gemma3n(GgufWriter writer, String key, ModelShape shape) {
    gemma(writer, key, shape);
    shared(writer, key, shape);
    List<MetadataValue> deviations =
        shape.layerNumbers().mapToObj(layer -> float32(deviations(layer))).toList();
    writer
        .put(key + ".altup.active_idx", uint32(0))
        .put(key + ".altup.num_inputs", uint32(SyntheticModel.STREAMS))
        .put(key + ".activation_sparsity_scale", array(GgufType.FLOAT32, deviations));
  }

  /** The first ten layers keep one gate of twenty, the others all. */
  private static double deviations(int layer) {
    return layer < 10 ? 1.6448536 : Double.NEGATIVE_INFINITY;
  }

  /** What layers of two kinds, some of which share keys, add. */
  private static void shared(GgufWriter writer, String key, ModelShape shape) {
    List<MetadataValue> pattern =
        shape.layerNumbers().mapToObj(layer -> flag(shape.isLocal(layer))).toList();
    writer
        .put(key + ".attention.sliding_window_pattern", array(GgufType.BOOL, pattern))
        .put(key + ".attention.shared_kv_layers", uint32(shape.sharedLayers()))
        .put(key + ".embedding_length_per_layer_input", uint32(shape.perLayerSize()))
        .put(key + ".final_logit_softcapping", float32(30));
  }

  private static void gemma4(GgufWriter writer, String key, ModelShape shape) {
    gemma(writer, key, shape);
    shared(writer, key, shape);
    writer
        .put(key + ".attention.key_length_swa", uint32(shape.localHeadSize()))
        .put(key + ".attention.value_length_swa", uint32(shape.localHeadSize()))
        .put(key + ".rope.dimension_count", uint32(shape.globalHeadSize()))
        .put(key + ".rope.dimension_count_swa", uint32(shape.localHeadSize()));
  }

  private static void gemma(GgufWriter writer, String key, ModelShape shape) {
    writer
        .put(key + ".attention.layer_norm_rms_epsilon", float32(1e-6f))
        .put(key + ".attention.sliding_window", uint32(shape.window()))
        .put(key + ".rope.freq_base", float32(1_000_000))
        .put(key + ".rope.freq_base_swa", float32(10_000));
  }

  private static MetadataValue kvHeads(ModelShape shape) {
    if (shape.localKvHeads() == shape.globalKvHeads()) {
      return uint32(shape.globalKvHeads());
    }
    return array(
        GgufType.UINT32,
        shape.layerNumbers().mapToObj(layer -> uint32(shape.kvHeads(layer))).toList());
  }

  private static MetadataValue feedForward(ModelShape shape) {
    if (shape.sharedLayers() == 0) {
      return uint32(shape.feedForwardSize());
    }
    return array(
        GgufType.UINT32,
        shape.layerNumbers().mapToObj(layer -> uint32(shape.feedForwardSize(layer))).toList());
  }

  private static List<String> special(ModelShape.Family family) {
    List<String> marks =
        switch (family) {
          case LLAMA -> List.of();
          case GEMMA3, GEMMA3N -> GEMMA3_MARKS;
          case GEMMA4 -> GEMMA4_MARKS;
        };
    return Stream.concat(SPECIAL.stream(), marks.stream()).toList();
  }

  /** Special tokens, all bytes, then pieces {@code ▁260, ▁261 ...} of falling score. */
  private static void vocabulary(GgufWriter writer, List<String> special, int size) {
    writer
        .put("tokenizer.ggml.model", text("llama"))
        .put("tokenizer.ggml.pre", text("default"))
        .put("tokenizer.ggml.tokens", list(GgufType.STRING, size, id -> text(piece(special, id))))
        .put("tokenizer.ggml.scores", list(GgufType.FLOAT32, size, id -> float32(-id)))
        .put(
            "tokenizer.ggml.token_type",
            list(
                GgufType.INT32,
                size,
                id -> new MetadataValue.Whole(GgufType.INT32, type(special, id))))
        .put("tokenizer.ggml.bos_token_id", uint32(SPECIAL.indexOf("<bos>")))
        .put("tokenizer.ggml.eos_token_id", uint32(SPECIAL.indexOf("<eos>")))
        .put("tokenizer.ggml.unknown_token_id", uint32(SPECIAL.indexOf("<unk>")))
        .put("tokenizer.ggml.padding_token_id", uint32(SPECIAL.indexOf("<pad>")))
        .put("tokenizer.ggml.add_bos_token", flag(true))
        .put("tokenizer.ggml.add_space_prefix", flag(false));
  }

  private static MetadataValue list(GgufType type, int size, IntFunction<MetadataValue> element) {
    return array(type, IntStream.range(0, size).mapToObj(element).toList());
  }

  private static String piece(List<String> special, int id) {
    int other = id - special.size();
    if (other < 0) {
      return special.get(id);
    }
    return other < BYTES ? "<0x%02X>".formatted(other) : "\u2581" + id;
  }

  private static int type(List<String> special, int id) {
    if (id < special.size()) {
      return special.get(id).equals("<unk>") ? UNKNOWN : CONTROL;
    }
    return id < special.size() + BYTES ? BYTE : NORMAL;
  }
}
