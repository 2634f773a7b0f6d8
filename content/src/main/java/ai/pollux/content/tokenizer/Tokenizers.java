package ai.pollux.content.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads tokenizers from the files that models come with. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * A Hugging Face {@code tokenizer.json}. BOS and EOS are named by the {@code
   * tokenizer_config.json} beside it, if there is one.
   *
   * @throws TokenizerException where the file cannot be read or asks for something unknown
   */
  public static Tokenizer fromTokenizerJson(Path file) {
    return TokenizerJson.read(bytes(file), file.toString(), TokenizerConfig.beside(file));
  }

  /**
   * A SentencePiece {@code tokenizer.model}, BPE or unigram. Whether BOS is put in front of a text
   * is read from {@code tokenizer_config.json} beside it; without one it is, where there is one.
   *
   * @throws TokenizerException where the file cannot be read or asks for something unknown
   */
  public static Tokenizer fromSentencePiece(Path file) {
    boolean addsBos = TokenizerConfig.beside(file).addsBos().orElse(true);
    return SentencePieceModel.read(bytes(file), file.toString(), addsBos);
  }

  /**
   * The vocabulary of a GGUF file.
   *
   * @param where names the file, for messages
   * @throws TokenizerException where the vocabulary contradicts itself or asks for something
   *     unknown
   */
  public static Tokenizer fromGguf(GgufVocabulary vocabulary, String where) {
    return GgufTokenizer.of(vocabulary, where);
  }

  /**
   * What {@code tokenizer.json}, {@code tokenizer.model} and {@code tokenizer_config.json} of a
   * folder say, in the words of GGUF.
   *
   * @param architecture the model's, as GGUF spells it
   * @param size the model's vocabulary: ids that no file names are filled up with unused tokens
   * @throws TokenizerException where the files cannot be read or ask for something that GGUF lacks
   */
  public static GgufVocabulary toGguf(Path folder, String architecture, int size) {
    return VocabularyFiles.read(folder, architecture, size);
  }

  /**
   * The {@code tokenizer.json} that says what a GGUF's vocabulary says. Its unused tokens are left
   * out.
   *
   * @param where names the source, for messages
   * @throws TokenizerException where the vocabulary is of a kind that has no such file
   */
  public static String toTokenizerJson(GgufVocabulary vocabulary, String where) {
    return VocabularyJson.of(vocabulary, where);
  }

  /**
   * llama2.c's {@code tokenizer.bin} or {@code tok512.bin}. The format has no count: a file cut
   * between two pieces is a smaller vocabulary, which the model's size tells.
   *
   * @throws TokenizerException where the file cannot be read
   */
  public static Tokenizer fromLlama2c(Path file) {
    return Llama2cTokenizer.read(bytes(file), file.toString());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TokenizerException(
          file + ": expected a readable file, found " + e + ". Check the path.", e);
    }
  }
}
