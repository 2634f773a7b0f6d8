package ai.pollux.train.run;

import ai.pollux.content.template.Gemma4Template;
import ai.pollux.testkit.TestFiles;
import ai.pollux.torch.TorchSettings;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.standard.StandardWorld;
import ai.pollux.train.data.world.standard.WorldSources;
import ai.pollux.train.recipe.NewModel;
import ai.pollux.train.recipe.Recipe;
import ai.pollux.train.recipe.SoundFrames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run of a few seconds: a model of 60,000 weights, all senses, problems that need no files. */
final class SmallRun {
  static final Recipe RECIPE =
      new Recipe("small", 32, 64, 3, 2, 2, 1, 16, 64, 608, 512, 4, 32, 96, 6, SoundFrames.LOG_MEL);

  private final Path folder;
  private final Path start;

  /** Everything of it lies in one folder. */
  SmallRun(Path folder) {
    this.folder = folder;
    start = folder.resolve("start");
    NewModel.write(start, RECIPE, TestFiles.golden("tokenizers/gemma4"), 1);
  }

  Path start() {
    return start;
  }

  RunFolder open(String name) {
    return RunFolder.open(folder.resolve(name));
  }

  static String json(long steps, int every, double peak) {
    return """
    {"recipe": "tiny", "vocabulary": 608, "seed": 1, "contextLength": 512, "rows": 768,
     "batches": 2, "precision": "F32", "recompute": false,
     "learning": {"optimizer": "MUON", "peak": %s, "last": 0, "warmupSteps": 2, "decaySteps": 4,
                  "weightDecay": 0.1, "clip": 1.0, "spikeFactor": 20},
     "stages": [{"name": "first", "steps": %d, "weights": {"world-documents": 1}},
                {"name": "second", "steps": %d, "weights": {"world": 1}}],
     "checkpointEvery": %d, "keep": 2, "validateEvery": 4, "validationSamples": 4}
    """
        .formatted(peak, steps - 3, 3, every);
  }

  RunSettings settings(long steps, int every, double peak) {
    Path file = folder.resolve("settings-%d-%d.json".formatted(steps, every));
    try {
      Files.writeString(file, json(steps, every, peak));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RunSettings.read(file);
  }

  Trainer trainer(RunSettings settings) {
    World world = StandardWorld.of(1, WorldSources.none());
    List<Source> training =
        List.of(
            new WorldSource("world", world, Split.TRAIN, WorldSource.Form.DIALOGUE),
            new WorldSource("world-documents", world, Split.TRAIN, WorldSource.Form.DOCUMENT));
    List<Source> heldOut =
        List.of(new WorldSource("all", world, Split.VALIDATION, WorldSource.Form.DIALOGUE));
    return new Trainer(
        settings,
        TorchSettings.cpu(1),
        start,
        training,
        heldOut,
        FolderEncoder.of(start, new Gemma4Template(), settings.contextLength()),
        Team.alone());
  }
}
