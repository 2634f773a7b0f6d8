package ai.pollux.train.run;

import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ProcessorFiles;
import ai.pollux.content.template.LearnableTemplate;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.families.Models;
import ai.pollux.train.data.encode.Encoder;
import java.nio.file.Path;

/** The encoder that belongs to a model's folder: its tokenizer and front ends. */
public final class FolderEncoder {
  private FolderEncoder() {}

  /**
   * Reads the folder's settings.
   *
   * @param folder with {@code config.json}, {@code tokenizer.json} and weights
   * @param contextLength the most tokens of a sequence
   */
  public static Encoder of(Path folder, LearnableTemplate template, int contextLength) {
    try (Checkpoint checkpoint = Models.open(folder)) {
      ModelInfo model = Models.inspect(checkpoint);
      FrontEnds frontEnds =
          FrontEnds.of(
              ProcessorFiles.in(folder),
              model.media().contains(MediaKind.IMAGE),
              model.media().contains(MediaKind.VIDEO),
              model.media().contains(MediaKind.AUDIO));
      return new Encoder(
          Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json")),
          template,
          frontEnds,
          contextLength);
    }
  }
}
