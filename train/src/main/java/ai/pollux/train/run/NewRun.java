package ai.pollux.train.run;

import ai.pollux.train.data.SampleText;
import ai.pollux.train.data.Source;
import ai.pollux.train.recipe.NewModel;
import ai.pollux.train.recipe.Recipe;
import ai.pollux.train.recipe.Recipes;
import ai.pollux.train.tokenizer.BpeProgress;
import ai.pollux.train.tokenizer.BpeSettings;
import ai.pollux.train.tokenizer.BpeTrainer;
import ai.pollux.train.tokenizer.TokenizerFiles;
import ai.pollux.train.tokenizer.TrainedVocabulary;
import ai.pollux.train.tokenizer.TrainingText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a run from scratch begins with: a vocabulary learned from its own data, random weights. */
public final class NewRun {
  /** Samples of each source that the vocabulary is learned from. */
  private static final int SAMPLES = 4_000;

  private NewRun() {}

  /**
   * The folder of the model to begin with, {@code start} in the run's folder; made if it is not
   * there.
   */
  public static Path start(RunFolder folder, RunSettings settings, RunSources sources) {
    Path tokenizer = folder.path().resolve("tokenizer");
    if (Files.notExists(tokenizer.resolve("tokenizer.json"))) {
      TokenizerFiles.write(vocabulary(settings, sources.training()), tokenizer);
    }
    Path start = folder.path().resolve("start");
    if (Files.notExists(start.resolve("model.safetensors"))) {
      Recipe recipe = Recipes.named(settings.recipe());
      NewModel.write(start, recipe, tokenizer, settings.seed());
    }
    return start;
  }

  private static TrainedVocabulary vocabulary(RunSettings settings, List<Source> sources) {
    BpeTrainer trainer =
        new BpeTrainer(BpeSettings.gemma4(settings.vocabulary()), BpeProgress.SILENT);
    return trainer.train(sources.stream().flatMap(NewRun::texts));
  }

  private static Stream<TrainingText> texts(Source source) {
    return LongStream.range(0, Math.min(SAMPLES, source.size()))
        .mapToObj(index -> TrainingText.of(source.name(), SampleText.words(source.sample(index))));
  }
}
