package ai.pollux.model.families;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The smallest Llama as Hugging Face lays it out: two blocks, and everything a test may break. */
final class TinyLlama {
  private static final int D = 8;
  private static final int F = 12;
  private static final int V = 16;
  private static final int K = 4;

  private final Map<String, Object> config = new LinkedHashMap<>();
  private final Map<String, List<Integer>> tensors = new LinkedHashMap<>();

  TinyLlama() {
    config.put("model_type", "llama");
    config.put("vocab_size", V);
    config.put("max_position_embeddings", 32);
    config.put("hidden_size", D);
    config.put("intermediate_size", F);
    config.put("num_hidden_layers", 2);
    config.put("num_attention_heads", 2);
    config.put("num_key_value_heads", 1);
    config.put("head_dim", K);
    config.put("rms_norm_eps", 1e-5);
    config.put("tie_word_embeddings", true);
    tensors.put("model.embed_tokens.weight", List.of(V, D));
    for (int i = 0; i < 2; i++) {
      String block = "model.layers." + i + ".";
      tensors.put(block + "input_layernorm.weight", List.of(D));
      tensors.put(block + "self_attn.q_proj.weight", List.of(2 * K, D));
      tensors.put(block + "self_attn.k_proj.weight", List.of(K, D));
      tensors.put(block + "self_attn.v_proj.weight", List.of(K, D));
      tensors.put(block + "self_attn.o_proj.weight", List.of(D, 2 * K));
      tensors.put(block + "post_attention_layernorm.weight", List.of(D));
      tensors.put(block + "mlp.gate_proj.weight", List.of(F, D));
      tensors.put(block + "mlp.up_proj.weight", List.of(F, D));
      tensors.put(block + "mlp.down_proj.weight", List.of(D, F));
    }
    tensors.put("model.norm.weight", List.of(D));
  }

  TinyLlama set(String key, Object value) {
    config.put(key, value);
    return this;
  }

  TinyLlama drop(String key) {
    config.remove(key);
    return this;
  }

  TinyLlama tensor(String name, Integer... shape) {
    tensors.put(name, List.of(shape));
    return this;
  }

  TinyLlama dropTensor(String name) {
    tensors.remove(name);
    return this;
  }

  /** Writes {@code config.json} and {@code model.safetensors}. */
  Path write(Path folder) {
    try {
      Files.writeString(
          folder.resolve("config.json"), JsonMapper.shared().writeValueAsString(config));
      Files.write(folder.resolve("model.safetensors"), safetensors());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] safetensors() throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, List<Integer>> tensor : tensors.entrySet()) {
      int from = data.size();
      int count = tensor.getValue().stream().reduce(1, (a, b) -> a * b);
      ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        values.putFloat((float) Math.sin(tensor.getKey().length() + 3.0 * i));
      }
      data.write(values.array());
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype",
              "F32",
              "shape",
              tensor.getValue(),
              "data_offsets",
              List.of(from, data.size())));
    }
    byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    file.write(json);
    file.write(data.toByteArray());
    return file.toByteArray();
  }
}
