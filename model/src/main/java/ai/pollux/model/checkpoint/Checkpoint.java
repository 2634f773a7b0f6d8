package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Named tensors and what is said about them, in a file or a folder of files that are mapped, not
 * read. Whoever opens a checkpoint closes it; that unmaps the files, and every segment taken from
 * it ends there. May be used by many threads.
 */
public interface Checkpoint extends AutoCloseable {
  /** How tensors are named and laid out. */
  enum Kind {
    /** Hugging Face's safetensors, with the names of the transformers library. */
    SAFETENSORS,
    /** llama.cpp's GGUF, with its names. */
    GGUF,
    /**
     * The legacy layout of llama2.c. Presented under GGUF's names and metadata keys (architecture
     * {@code llama}): its rotary pairs are neighbours, as in GGUF.
     */
    LLAMA2C
  }

  /** The file or folder that was opened. */
  Path path();

  /** What messages call it: its name without the folder. */
  default String fileName() {
    return String.valueOf(path().getFileName());
  }

  /** What it is. */
  Kind kind();

  /** All tensors, in the order of the file. */
  Set<String> names();

  /** Whether there is a tensor of that name. */
  default boolean contains(String name) {
    return names().contains(name);
  }

  /**
   * One tensor.
   *
   * @throws CheckpointException if there is none of that name; the message names the nearest ones
   */
  Entry entry(String name);

  /** GGUF's key-value pairs; safetensors' {@code __metadata__}; llama2.c's header. */
  Metadata metadata();

  /**
   * A file that lies beside the weights, like {@code config.json} or {@code tokenizer.json}: in the
   * opened folder, or in the folder of the opened file.
   */
  Optional<Path> companion(String fileName);

  /** Unmaps the files. Later use throws {@link CheckpointException}. */
  @Override
  void close();
}
