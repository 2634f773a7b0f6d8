package ai.pollux.model.checkpoint;

import ai.pollux.tensor.quant.Formats;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the <a href="https://github.com/karpathy/llama2.c">llama2.c</a> legacy layout: seven
 * integers, then all floats, each kind of tensor for all layers together. The file has no magic: it
 * is known by integers that make sense and give the file's exact size.
 *
 * <p>Tensors and sizes get the names GGUF has for them, since the rotary pairs lie as they do
 * there.
 */
final class Llama2cReader {
  private static final int HEADER_BYTES = 7 * Integer.BYTES;
  private static final String EMBEDDING = "token_embd.weight";

  private final MappedFile file;
  private final Header header;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long at = HEADER_BYTES;

  /**
   * The seven integers, and what follows from them.
   *
   * @param hidden the size of the feed-forward layer
   * @param tied whether the embedding also scores the output; the file says so by the sign of its
   *     vocabulary
   */
  private record Header(
      int dim,
      int hidden,
      int layers,
      int heads,
      int kvHeads,
      int vocabulary,
      int context,
      boolean tied) {
    boolean isSound() {
      boolean positive =
          dim > 0
              && hidden > 0
              && layers > 0
              && heads > 0
              && kvHeads > 0
              && vocabulary > 0
              && context > 0;
      boolean small =
          dim <= 1 << 16 && hidden <= 1 << 18 && layers <= 1 << 12 && vocabulary <= 1 << 22;
      return positive && small && dim % heads == 0 && heads % kvHeads == 0;
    }

    long headSize() {
      return dim / heads;
    }

    /** The bytes of a whole file; cannot overflow when {@link #isSound}. */
    long fileBytes() {
      long attention = 2L * dim * dim + 2L * dim * kvHeads * headSize();
      long layer = 2L * dim + attention + 3L * dim * hidden;
      long rotary = context * headSize();
      long table = (long) vocabulary * dim;
      return HEADER_BYTES + Float.BYTES * ((tied ? 1 : 2) * table + layers * layer + dim + rotary);
    }
  }

  private Llama2cReader(MappedFile file, Header header) {
    this.file = file;
    this.header = header;
  }

  /** Whether the first 28 bytes are sizes of a model. */
  static boolean claims(MappedFile file) {
    return file.size() >= HEADER_BYTES && header(file).isSound();
  }

  static Contents read(MappedFile file) {
    Header header = header(file);
    if (header.fileBytes() != file.size()) {
      throw file.problem(
          0,
          "a llama2.c model of %s takes %d bytes. The file is truncated, damaged, or no model: fetch it again"
              .formatted(header, header.fileBytes()));
    }
    return new Llama2cReader(file, header).read();
  }

  private static Header header(MappedFile file) {
    Cursor cursor = new Cursor(file, 0);
    int dim = cursor.int32("dim");
    int hidden = cursor.int32("hidden_dim");
    int layers = cursor.int32("n_layers");
    int heads = cursor.int32("n_heads");
    int kvHeads = cursor.int32("n_kv_heads");
    int vocabulary = cursor.int32("vocab_size");
    int context = cursor.int32("seq_len");
    return new Header(
        dim, hidden, layers, heads, kvHeads, Math.abs(vocabulary), context, vocabulary > 0);
  }

  private Contents read() {
    long dim = header.dim;
    long kv = header.kvHeads * header.headSize();
    add(EMBEDDING, header.vocabulary, dim);
    layers("attn_norm", dim);
    layers("attn_q", dim, dim);
    layers("attn_k", kv, dim);
    layers("attn_v", kv, dim);
    layers("attn_output", dim, dim);
    layers("ffn_norm", dim);
    layers("ffn_gate", header.hidden, dim);
    layers("ffn_down", dim, header.hidden);
    layers("ffn_up", header.hidden, dim);
    add("output_norm.weight", dim);
    at += header.headSize() * header.context * Float.BYTES; // cosines and sines, made afresh
    if (!header.tied) {
      add("output.weight", header.vocabulary, dim);
    }
    return new Contents(Checkpoint.Kind.LLAMA2C, entries, new Metadata(file.path(), metadata()));
  }

  private void layers(String name, long... shape) {
    for (int layer = 0; layer < header.layers; layer++) {
      add("blk.%d.%s.weight".formatted(layer, name), shape);
    }
  }

  private void add(String name, long... shape) {
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    long bytes = sizes.stream().reduce((long) Float.BYTES, (a, b) -> a * b);
    entries.put(
        name,
        new Entry(
            name,
            sizes,
            Formats.F32.name(),
            Optional.of(Formats.F32),
            file.path(),
            file.bytes().asSlice(at, bytes)));
    at += bytes;
  }

  private Map<String, MetadataValue> metadata() {
    Map<String, MetadataValue> values = new LinkedHashMap<>();
    values.put("general.architecture", new MetadataValue.Text("llama"));
    whole(values, "llama.embedding_length", header.dim);
    whole(values, "llama.feed_forward_length", header.hidden);
    whole(values, "llama.block_count", header.layers);
    whole(values, "llama.attention.head_count", header.heads);
    whole(values, "llama.attention.head_count_kv", header.kvHeads);
    whole(values, "llama.vocab_size", header.vocabulary);
    whole(values, "llama.context_length", header.context);
    values.put(
        "llama.attention.layer_norm_rms_epsilon", new MetadataValue.Real(GgufType.FLOAT32, 1e-5f));
    values.put("llama.rope.freq_base", new MetadataValue.Real(GgufType.FLOAT32, 10_000));
    return values;
  }

  private static void whole(Map<String, MetadataValue> values, String key, long value) {
    values.put(key, new MetadataValue.Whole(GgufType.UINT32, value));
  }
}
