package ai.pollux.model.gemma4;

import ai.pollux.model.loading.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokens in whose places rows of images, sounds and videos are put. They have no per-layer
 * embeddings: those of the padding token are used.
 *
 * @param ids the placeholders
 * @param padding the padding token
 */
record Placeholders(int[] ids, int padding) {
  private static final String TOKENS = "tokenizer.ggml.tokens";

  /** Those of a checkpoint: {@code config.json} has their ids, GGUF their spelling. */
  static Placeholders of(Settings settings) {
    Settings whole = settings.whole();
    return switch (settings.format()) {
      case HUGGING_FACE ->
          new Placeholders(
              Stream.of("image_token_id", "audio_token_id", "video_token_id")
                  .filter(whole::has)
                  .mapToInt(key -> whole.integer(key, 0, Integer.MAX_VALUE))
                  .toArray(),
              settings.integerOr("pad_token_id", 0, 0, Integer.MAX_VALUE));
      case GGUF ->
          new Placeholders(
              whole.indicesOf(TOKENS, List.of("<|image|>", "<|audio|>", "<|video|>")),
              whole.integerOr("tokenizer.ggml.padding_token_id", 0, 0, Integer.MAX_VALUE));
    };
  }

  /** The same tokens with padding for placeholders; the same array if it has none. */
  int[] padded(int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      if (isPlaceholder(tokens[i])) {
        int[] padded = tokens.clone();
        for (int j = i; j < padded.length; j++) {
          padded[j] = isPlaceholder(padded[j]) ? padding : padded[j];
        }
        return padded;
      }
    }
    return tokens;
  }

  private boolean isPlaceholder(int token) {
    for (int id : ids) {
      if (id == token) {
        return true;
      }
    }
    return false;
  }
}
