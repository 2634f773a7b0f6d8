package ai.pollux.content.tokenizer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code tokenizer.ggml.*} entries of a GGUF file, as plain values, for {@link
 * Tokenizers#fromGguf}.
 *
 * @param model {@code tokenizer.ggml.model}: {@code llama}, {@code gpt2}, {@code gemma4}
 * @param preTokenizer {@code tokenizer.ggml.pre}, {@code default} where absent
 * @param tokens {@code tokenizer.ggml.tokens}, in order of id
 * @param scores {@code tokenizer.ggml.scores}, or empty where absent
 * @param tokenTypes {@code tokenizer.ggml.token_type} (1 normal, 2 unknown, 3 control, 4
 *     user-defined, 5 unused, 6 byte), or empty where absent
 * @param merges {@code tokenizer.ggml.merges}, or empty where absent
 * @param bos {@code tokenizer.ggml.bos_token_id}
 * @param eos {@code tokenizer.ggml.eos_token_id}
 * @param unknown {@code tokenizer.ggml.unknown_token_id}
 * @param addBos {@code tokenizer.ggml.add_bos_token}; absent: true for {@code llama} and {@code
 *     gemma4}
 * @param addEos {@code tokenizer.ggml.add_eos_token}; absent: false
 * @param addSpacePrefix {@code tokenizer.ggml.add_space_prefix}; absent: true for {@code llama}
 */
public record GgufVocabulary(
    String model,
    String preTokenizer,
    List<String> tokens,
    float[] scores,
    int[] tokenTypes,
    List<String> merges,
    OptionalInt bos,
    OptionalInt eos,
    OptionalInt unknown,
    Optional<Boolean> addBos,
    Optional<Boolean> addEos,
    Optional<Boolean> addSpacePrefix) {}
