package ai.pollux.model.families;

import static ai.pollux.model.checkpoint.MetadataValue.array;
import static ai.pollux.model.checkpoint.MetadataValue.flag;
import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.text;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden text model of Gemma 3n as llama.cpp's converter would write it: other names, three
 * matrices in one tensor, rows of zeros behind the per-layer embeddings, sparsity in deviations.
 */
class Gemma3nGgufTest {
  private static final int LAYERS = 15;
  private static final int VOCABULARY = 544;
  private static final String PREFIX = "model.language_model.";

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("embed_tokens", "token_embd"),
          Map.entry("embed_tokens_per_layer", "per_layer_token_embd"),
          Map.entry("per_layer_model_projection", "per_layer_model_proj"),
          Map.entry("per_layer_projection_norm", "per_layer_proj_norm"),
          Map.entry("norm", "output_norm"),
          Map.entry("altup.correct_output_scale", "altup_correct_scale"),
          Map.entry("altup.correction_coefs", "altup_correct_coef"),
          Map.entry("altup.prediction_coefs", "altup_predict_coef"),
          Map.entry("altup.modality_router", "altup_router"),
          Map.entry("altup.router_norm", "altup_router_norm"),
          Map.entry("laurel.linear_left", "laurel_l"),
          Map.entry("laurel.linear_right", "laurel_r"),
          Map.entry("laurel.post_laurel_norm", "laurel_post_norm"),
          Map.entry("input_layernorm", "attn_norm"),
          Map.entry("self_attn.q_proj", "attn_q"),
          Map.entry("self_attn.k_proj", "attn_k"),
          Map.entry("self_attn.v_proj", "attn_v"),
          Map.entry("self_attn.o_proj", "attn_output"),
          Map.entry("self_attn.q_norm", "attn_q_norm"),
          Map.entry("self_attn.k_norm", "attn_k_norm"),
          Map.entry("post_attention_layernorm", "post_attention_norm"),
          Map.entry("pre_feedforward_layernorm", "ffn_norm"),
          Map.entry("mlp.gate_proj", "ffn_gate"),
          Map.entry("mlp.up_proj", "ffn_up"),
          Map.entry("mlp.down_proj", "ffn_down"),
          Map.entry("post_feedforward_layernorm", "post_ffw_norm"),
          Map.entry("per_layer_input_gate", "inp_gate"),
          Map.entry("per_layer_projection", "proj"),
          Map.entry("post_per_layer_input_norm", "post_norm"));

  @TempDir private Path folder;

  private static GoldenCase golden() {
    return GoldenCase.all().stream()
        .filter(each -> each.name().equals("gemma3n/text hf"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGgufComputesWhatTheReferenceComputes() {
    try (Backend backend = new ReferenceBackend();
        LanguageModel model = Models.load(write(Formats.F32), backend, Progress.NONE)) {
      FamiliesGoldenTest.checkWhole(golden(), model, backend);
    }
  }

  @Test
  void quantizedWeightsAreCutBetweenBlocks() {
    Path file = write(Formats.Q8_0);
    try (Backend backend = new ReferenceBackend();
        LanguageModel whole = Models.load(file, backend, Progress.NONE);
        LanguageModel part =
            Models.load(file, backend, Progress.NONE, ModelSlice.parse("64x5,0x5,96x5"))) {
      assertThat(part.info().layers()).isEqualTo(10);
      assertThat(part.info().parameters()).isLessThan(whole.info().parameters());
      assertThatThrownBy(
              () -> Models.load(file, backend, Progress.NONE, ModelSlice.parse("48")).close())
          .hasMessage(
              "blocks.0.feedForward.down: a slice of 48 columns ends inside a block of 32 values of"
                  + " type Q8_0. Take a multiple of 32");
    }
  }

  private Path write(BlockFormat format) {
    GgufWriter writer = new GgufWriter();
    metadata(writer);
    try (Checkpoint source = Checkpoints.open(golden().weights())) {
      for (String name : source.names()) {
        if (!name.contains("altup_")) {
          Entry entry = source.entry(name);
          put(writer, renamed(name), entry.shape(), entry.values(), format);
        }
      }
      stack(writer, source, "altup_projections", "altup_proj.weight");
      stack(writer, source, "altup_unembed_projections", "altup_unembd_proj.weight");
      Path file = folder.resolve("model.gguf");
      writer.write(file, GgufWriter.Progress.NONE);
      return file;
    }
  }

  private static String renamed(String name) {
    String inside = name.substring(PREFIX.length()).replaceFirst("\\.weight$", "");
    if (!inside.startsWith("layers.")) {
      return NAMES.get(inside) + ".weight";
    }
    String[] parts = inside.split("\\.", 3);
    return "blk." + parts[1] + "." + NAMES.get(parts[2]) + ".weight";
  }

  private static void put(
      GgufWriter writer, String name, List<Long> shape, float[] values, BlockFormat format) {
    int width = shape.getLast().intValue();
    boolean isTable = name.equals("per_layer_token_embd.weight");
    List<Long> padded = isTable ? List.of((long) VOCABULARY, shape.getLast()) : shape;
    float[] rows = isTable ? Arrays.copyOf(values, VOCABULARY * width) : values;
    boolean isQuantized = shape.size() == 2 && width % format.blockSize() == 0;
    BlockFormat fitting = isQuantized ? format : Formats.F32;
    writer.tensor(
        name,
        fitting,
        padded,
        TensorSource.encoding(
            fitting,
            width,
            (row, target) -> System.arraycopy(rows, (int) row * width, target, 0, width)));
  }

  private static void stack(GgufWriter writer, Checkpoint source, String from, String to) {
    Map<String, Entry> found = new TreeMap<>();
    for (String name : source.names()) {
      if (name.startsWith(PREFIX + from + ".")) {
        found.put(name, source.entry(name));
      }
    }
    long size = found.values().iterator().next().shape().getLast();
    float[] all = new float[(int) (found.size() * size * size)];
    int at = 0;
    for (Entry entry : found.values()) {
      System.arraycopy(entry.values(), 0, all, at, (int) (size * size));
      at += (int) (size * size);
    }
    put(writer, to, List.of((long) found.size(), size, size), all, Formats.F32);
  }

  private static void metadata(GgufWriter writer) {
    String key = "gemma3n.";
    writer
        .put("general.architecture", text("gemma3n"))
        .put(key + "block_count", uint32(LAYERS))
        .put(key + "context_length", uint32(512))
        .put(key + "embedding_length", uint32(32))
        .put(key + "feed_forward_length", list(GgufType.UINT32, uint32(96), uint32(96)))
        .put(key + "attention.head_count", uint32(4))
        .put(key + "attention.head_count_kv", uint32(2))
        .put(key + "attention.key_length", uint32(8))
        .put(key + "attention.value_length", uint32(8))
        .put(key + "attention.layer_norm_rms_epsilon", float32(1e-6))
        .put(key + "attention.sliding_window", uint32(8))
        .put(key + "attention.sliding_window_pattern", pattern())
        .put(key + "attention.shared_kv_layers", uint32(10))
        .put(key + "rope.freq_base", float32(1_000_000))
        .put(key + "altup.active_idx", uint32(0))
        .put(key + "altup.num_inputs", uint32(4))
        .put(key + "embedding_length_per_layer_input", uint32(8))
        .put(key + "final_logit_softcapping", float32(30))
        .put(
            key + "activation_sparsity_scale",
            list(GgufType.FLOAT32, float32(1.6448535f), float32(Double.NEGATIVE_INFINITY)));
  }

  /** The first three layers are sparse. */
  private static MetadataValue list(GgufType type, MetadataValue first, MetadataValue rest) {
    return array(type, IntStream.range(0, LAYERS).mapToObj(i -> i < 3 ? first : rest).toList());
  }

  private static MetadataValue pattern() {
    return array(
        GgufType.BOOL, IntStream.range(0, LAYERS).mapToObj(i -> flag(i % 5 != 4)).toList());
  }
}
