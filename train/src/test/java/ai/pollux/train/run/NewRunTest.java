package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.families.Models;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.standard.StandardWorld;
import ai.pollux.train.data.world.standard.WorldSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewRunTest {
  @TempDir Path folder;

  /** The first of a source. */
  private record Few(Source whole, long size) implements Source {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public Sample sample(long index) {
      return whole.sample(index);
    }
  }

  private static RunSources sources() {
    World world = StandardWorld.of(1, WorldSources.none());
    Source all = new WorldSource("world", world, Split.TRAIN, WorldSource.Form.DIALOGUE);
    return new RunSources(List.of(new Few(all, 300)), List.of());
  }

  @Test
  void beginsWithAVocabularyOfItsDataAndRandomWeights() throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, SmallRun.json(8, 3, 1e-2));
    RunSettings settings = RunSettings.read(file);
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      Path start = NewRun.start(run, settings, sources());

      Tokenizer pieces = Tokenizers.fromTokenizerJson(start.resolve("tokenizer.json"));
      assertThat(pieces.vocabularySize()).isEqualTo(608);
      String asked = "True or false: there are 3 red circles. ü";
      assertThat(pieces.decode(pieces.encode(asked))).isEqualTo(asked);
      try (Checkpoint checkpoint = Models.open(start)) {
        assertThat(Models.inspect(checkpoint).vocabulary()).isEqualTo(608);
      }
      byte[] weights = Files.readAllBytes(start.resolve("model.safetensors"));
      // A run that goes on does not begin again.
      assertThat(NewRun.start(run, settings, new RunSources(List.of(), List.of())))
          .isEqualTo(start);
      assertThat(start.resolve("model.safetensors")).hasBinaryContent(weights);
    }
  }

  @Test
  void sourcesAreOpenedByNameWithHeldOutOnesBeside() {
    try (RunSources sources =
        RunSources.open(folder, 1, Set.of("world", "world-documents", "world.sound.b"))) {
      assertThat(sources.training())
          .extracting(Source::name)
          .containsExactly("world", "world-documents", "world.sound.b");
      assertThat(sources.heldOut())
          .extracting(Source::name)
          .contains("world text", "world picture", "world sound", "world film");
      assertThat(sources.training().getLast().sample(7).source()).isEqualTo("sound.beeps");
    }
  }

  @Test
  void namesThatStandForNothingAreRefused() {
    assertThatThrownBy(() -> RunSources.open(folder, 1, Set.of("world.smell")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("no task's name begins with smell");
    assertThatThrownBy(() -> RunSources.open(folder, 1, Set.of("wold")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("source wold: expected world, world-documents, or one of");
  }
}
