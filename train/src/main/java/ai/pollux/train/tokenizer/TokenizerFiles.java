package ai.pollux.train.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a vocabulary as the files that models come with. */
public final class TokenizerFiles {
  private TokenizerFiles() {}

  /**
   * Writes {@code tokenizer.model}, {@code tokenizer.json} and {@code tokenizer_config.json} into a
   * folder, which is made where it is missing. The same vocabulary gives the same bytes.
   *
   * @throws TokenizerTrainingException where a file cannot be written
   */
  public static void write(TrainedVocabulary vocabulary, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("tokenizer.model"), SentencePieceFile.bytes(vocabulary));
      Files.write(folder.resolve("tokenizer.json"), TokenizerJsonFile.bytes(vocabulary));
      Files.write(
          folder.resolve("tokenizer_config.json"), TokenizerJsonFile.configuration(vocabulary));
    } catch (IOException e) {
      throw new TokenizerTrainingException(
          folder + ": expected a folder that can be written to, found " + e + ". Choose another.",
          e);
    }
  }
}
