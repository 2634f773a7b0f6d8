package ai.pollux.model.loading;

/** Whose spelling the settings and tensors of a checkpoint have. */
public enum Format {
  /** A folder as Hugging Face publishes it: {@code config.json} and safetensors. */
  HUGGING_FACE,
  /** GGUF, as llama.cpp's converter writes it; and what the readers present in that spelling. */
  GGUF
}
