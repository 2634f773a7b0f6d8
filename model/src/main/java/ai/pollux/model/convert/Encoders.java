package ai.pollux.model.convert;

import static ai.pollux.model.checkpoint.MetadataValue.flag;
import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.text;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.loading.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a projector's file says of what sees and hears, out of {@code config.json}: the keys that
 * llama.cpp's converter writes.
 *
 * @param kind whose encoders they are
 * @param whole the settings of the whole folder
 * @param processors how media are prepared, the most telling file first
 * @param sees whether there is an encoder of images
 * @param hears whether there is one of sounds
 */
record Encoders(Kind kind, Settings whole, List<Settings> processors, boolean sees, boolean hears) {
  private static final double EPSILON = 1e-6;

  /** Families of encoders, by how their projectors are called. */
  enum Kind {
    GEMMA3("gemma3", ""),
    GEMMA3N("gemma3nv", "gemma3na"),
    GEMMA4("gemma4v", "gemma4a"),
    GEMMA4_UNIFIED("gemma4uv", "gemma4ua");

    private final String seeing;
    private final String hearing;

    Kind(String seeing, String hearing) {
      this.seeing = seeing;
      this.hearing = hearing;
    }
  }

  /** Those of a folder; empty where the family has none that GGUF knows. */
  static Optional<Encoders> of(Checkpoint checkpoint, Settings whole, boolean sees, boolean hears) {
    String type = whole.text("model_type", "");
    Kind kind =
        type.startsWith("gemma4_unified")
            ? Kind.GEMMA4_UNIFIED
            : type.startsWith("gemma4")
                ? Kind.GEMMA4
                : type.startsWith("gemma3n") ? Kind.GEMMA3N : Kind.GEMMA3;
    return type.startsWith("gemma") && (sees || hears)
        ? Optional.of(new Encoders(kind, whole, processors(checkpoint), sees, hears))
        : Optional.empty();
  }

  private static List<Settings> processors(Checkpoint checkpoint) {
    return Stream.of("processor_config.json", "preprocessor_config.json")
        .flatMap(name -> checkpoint.companion(name).stream())
        .flatMap(Encoders::processors)
        .toList();
  }

  private static Stream<Settings> processors(Path file) {
    Settings all = Settings.ofJson(file);
    return all.has("image_processor")
        ? Stream.of(all.section("image_processor"), all)
        : Stream.of(all);
  }

  void describe(GgufWriter writer) {
    if (sees) {
      writer.put("clip.has_vision_encoder", flag(true));
      vision(writer, whole.section("vision_config"));
    }
    if (hears) {
      writer.put("clip.has_audio_encoder", flag(true));
      audio(writer, whole.section("audio_config"));
    }
  }

  private void vision(GgufWriter writer, Settings s) {
    String key = "clip.vision.";
    String type = kind == Kind.GEMMA3 ? "clip.projector_type" : key + "projector_type";
    writer.put(type, text(kind.seeing));
    double epsilon = s.positive("layer_norm_eps", EPSILON);
    writer.put(key + "attention.layer_norm_epsilon", float32(epsilon));
    writer.put(key + "projection_dim", uint32(outputSize()));
    writer.put(key + "image_mean", numbers("image_mean", kind == Kind.GEMMA3 ? 0.5 : 0));
    writer.put(key + "image_std", numbers("image_std", kind == Kind.GEMMA3 ? 0.5 : 1));
    switch (kind) {
      case GEMMA3 -> siglip(writer, s);
      case GEMMA3N -> mobileNet(writer, s);
      case GEMMA4 -> {
        sizes(writer, key, s, 768, 3072, 16, 12);
        pictures(writer, s, 224, 16); // The size of an image is not used.
        merging(writer, s.size("pooling_kernel_size", 3), 3);
      }
      case GEMMA4_UNIFIED -> {
        nothing(writer, key, s.size("mm_embed_dim", 3840));
        pictures(writer, s, 224, 16);
        merging(writer, s.size("pooling_kernel_size", 3), 3);
      }
    }
  }

  private void siglip(GgufWriter writer, Settings s) {
    sizes(writer, "clip.vision.", s, 768, 3072, 12, 12);
    int size = s.size("image_size", 224);
    pictures(writer, s, size, 16);
    writer.put("clip.use_gelu", flag(true));
    int rows = (int) Math.sqrt(whole.size("mm_tokens_per_image", 256));
    merging(writer, size / s.size("patch_size", 16) / rows, 4);
  }

  /** The file has no place for the tower's stages, which its tensors tell. */
  private void mobileNet(GgufWriter writer, Settings s) {
    String key = "clip.vision.";
    int size =
        processors.stream()
            .filter(each -> each.has("size"))
            .findFirst()
            .map(each -> each.section("size").size("height", 768))
            .orElse(768);
    int rows =
        processors.stream()
            .filter(each -> each.has("image_seq_length"))
            .findFirst()
            .map(each -> each.size("image_seq_length"))
            .orElse(256);
    writer
        .put(key + "image_size", uint32(size))
        .put(key + "patch_size", uint32(Math.max(1, size / rows)))
        .put(key + "embedding_length", uint32(s.size("hidden_size", 2048)))
        .put(key + "feed_forward_length", uint32(4L * s.size("intermediate_size", 2048)))
        .put(key + "block_count", uint32(128))
        .put(key + "attention.head_count", uint32(s.size("num_attention_heads", 8)));
  }

  private void audio(GgufWriter writer, Settings s) {
    String key = "clip.audio.";
    writer.put(key + "projector_type", text(kind.hearing));
    writer.put(key + "projection_dim", uint32(outputSize()));
    writer.put(key + "num_mel_bins", uint32(s.size("input_feat_size", 128)));
    double epsilon = kind == Kind.GEMMA3N ? 1e-5 : s.positive("layer_norm_eps", EPSILON);
    writer.put(key + "attention.layer_norm_epsilon", float32(epsilon));
    switch (kind) {
      case GEMMA3N ->
          sizes(
              writer,
              key,
              s.size("hidden_size", 1536),
              s.size("intermediate_size", 6144),
              s.size("conf_num_hidden_layers", 12),
              s.size("conf_num_attention_heads", 8));
      case GEMMA3, GEMMA4 -> {
        int hidden = s.size("hidden_size", 1024);
        sizes(
            writer,
            key,
            hidden,
            4 * hidden,
            s.size("num_hidden_layers", 12),
            s.size("num_attention_heads", 8));
      }
      case GEMMA4_UNIFIED -> nothing(writer, key, s.size("audio_embed_dim", 640));
    }
  }

  private int outputSize() {
    Settings text = whole.has("text_config") ? whole.section("text_config") : whole;
    return text.size("hidden_size");
  }

  private static void sizes(
      GgufWriter writer, String key, Settings s, int hidden, int wide, int layers, int heads) {
    sizes(
        writer,
        key,
        s.size("hidden_size", hidden),
        s.size("intermediate_size", wide),
        s.size("num_hidden_layers", layers),
        s.size("num_attention_heads", heads));
  }

  private static void sizes(
      GgufWriter writer, String key, int hidden, int wide, int layers, int heads) {
    writer
        .put(key + "embedding_length", uint32(hidden))
        .put(key + "feed_forward_length", uint32(wide))
        .put(key + "block_count", uint32(layers))
        .put(key + "attention.head_count", uint32(heads));
  }

  /** An embedder without a tower. */
  private static void nothing(GgufWriter writer, String key, int size) {
    sizes(writer, key, size, 0, 0, 0);
  }

  private static void pictures(GgufWriter writer, Settings s, int size, int patch) {
    writer
        .put("clip.vision.image_size", uint32(size))
        .put("clip.vision.patch_size", uint32(s.size("patch_size", patch)));
  }

  /** How many patches in a row become one, where that is not what a reader takes. */
  private static void merging(GgufWriter writer, int patches, int usual) {
    if (patches != usual) {
      writer.put("clip.vision.projector.scale_factor", uint32(patches));
    }
  }

  /** Three numbers, one for each colour. */
  private MetadataValue numbers(String key, double otherwise) {
    List<Number> values =
        processors.stream()
            .filter(each -> each.has(key) && kind != Kind.GEMMA3N) // whose tower takes 0 to 1
            .findFirst()
            .map(each -> each.list(key, 3, Number.class))
            .orElse(List.of(otherwise, otherwise, otherwise));
    return MetadataValue.array(
        GgufType.FLOAT32, values.stream().map(each -> float32(each.doubleValue())).toList());
  }
}
