package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.CheckpointException;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.SettingException;
import ai.pollux.model.loading.WeightException;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which projector belongs to which decoder. */
class ProjectorsTest {
  private static final Path FILES = Path.of("src/test/resources/golden/mmproj");

  @TempDir private Path folder;

  private Path decoder(String golden) throws IOException {
    Path file = TestFiles.golden(golden).resolve("model-f32.gguf");
    return Files.copy(file, folder.resolve("decoder.gguf"));
  }

  private static Path projector(String name) {
    return FILES.resolve(name).resolve("mmproj-f32.gguf");
  }

  private void beside(String name, String as) throws IOException {
    Files.copy(projector(name), folder.resolve(as));
  }

  @Test
  void theOneThatLiesBesideADecoderIsTakenByFileAndByFolder() throws IOException {
    Path decoder = decoder("gemma3/text");
    beside("gemma3", "mmproj-model-f16.gguf");
    for (Path path : new Path[] {decoder, folder}) {
      try (Checkpoint both = Models.open(path)) {
        ModelInfo info = Models.inspect(both);
        assertThat(info.media()).containsExactly(MediaKind.IMAGE);
        assertThat(info.weightBytes())
            .isEqualTo(both.names().stream().mapToLong(name -> both.entry(name).bytes()).sum());
      }
    }
  }

  @Test
  void withoutOneTheDecoderReadsText() throws IOException {
    decoder("gemma3/text");
    try (Checkpoint alone = Models.open(folder)) {
      assertThat(Models.inspect(alone).media()).isEmpty();
    }
  }

  @Test
  void thoseOfOtherFamiliesAreLeftAlone() throws IOException {
    Path decoder = decoder("gemma3/text");
    beside("gemma4-clipped", "mmproj-gemma4.gguf");
    try (Checkpoint alone = Models.open(decoder)) {
      assertThat(Models.inspect(alone).media()).isEmpty();
    }
  }

  @Test
  void thoseForDecodersOfOtherSizesAreLeftAlone() throws IOException {
    Path decoder = decoder("gemma3/text");
    new GgufWriter()
        .put("general.architecture", MetadataValue.text("clip"))
        .put("clip.projector_type", MetadataValue.text("gemma3"))
        .put("clip.vision.projection_dim", MetadataValue.uint32(2560))
        .write(folder.resolve("mmproj-4b.gguf"), GgufWriter.Progress.NONE);
    try (Checkpoint alone = Models.open(decoder)) {
      assertThat(Models.inspect(alone).media()).isEmpty();
    }
  }

  @Test
  void ofSeveralTheOneOfTheDecodersNameIsTaken() throws IOException {
    Path decoder = decoder("gemma3/text");
    beside("gemma3", "mmproj-a.gguf");
    beside("gemma3", "mmproj-decoder.gguf");
    try (Checkpoint model = Models.open(decoder)) {
      assertThat(model.fileName()).isEqualTo("decoder.gguf and mmproj-decoder.gguf");
    }
  }

  @Test
  void severalThatFitAreNamed() throws IOException {
    Path decoder = decoder("gemma3/text");
    beside("gemma3", "mmproj-a.gguf");
    beside("gemma3", "mmproj-b.gguf");
    assertThatThrownBy(() -> Models.open(decoder).close())
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "decoder.gguf has several projectors beside it: mmproj-a.gguf, mmproj-b.gguf. Say which"
                + " one with --mmproj");
    try (Checkpoint both = Models.open(decoder, folder.resolve("mmproj-b.gguf"))) {
      assertThat(Models.inspect(both).media()).containsExactly(MediaKind.IMAGE);
    }
  }

  @Test
  void aNamedOneOfAnotherFamilyIsRefused() throws IOException {
    Path decoder = decoder("gemma3/text");
    try (Checkpoint both = Models.open(decoder, projector("gemma4-standardised"))) {
      assertThatThrownBy(() -> Models.inspect(both))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "decoder.gguf and mmproj-f32.gguf: clip.projector_type: expected gemma3, found"
                  + " gemma4v");
    }
  }

  @Test
  void aNamedOneWithoutItsTensorsIsRefused() throws IOException {
    Path decoder = decoder("gemma4/dense-like");
    Path cut = folder.resolve("cut.gguf");
    try (Checkpoint whole = Checkpoints.open(projector("gemma4-standardised"))) {
      GgufWriter writer = new GgufWriter();
      whole
          .metadata()
          .keys()
          .forEach(key -> writer.put(key, whole.metadata().value(key).orElseThrow()));
      for (String name : whole.names()) {
        if (!name.equals("v.blk.1.attn_out.weight")) {
          var entry = whole.entry(name);
          writer.tensor(
              name,
              entry.format(),
              entry.shape(),
              (row, count, target) ->
                  target.copyFrom(
                      entry.data().asSlice(row * target.byteSize() / count, target.byteSize())));
        }
      }
      writer.write(cut, GgufWriter.Progress.NONE);
    }
    try (Checkpoint both = Models.open(decoder, cut)) {
      assertThatThrownBy(() -> Models.inspect(both))
          .isInstanceOf(WeightException.class)
          .hasMessageStartingWith(
              "vision.blocks.1.attention.output: expected [24, 24], found no tensor"
                  + " v.blk.1.attn_out.weight in decoder.gguf and cut.gguf. The checkpoint does not"
                  + " match decoder.gguf and cut.gguf (VisionConfig[");
    }
  }

  @Test
  void aDecoderIsNoProjectorAndTheOtherWayRound() throws IOException {
    Path decoder = decoder("gemma3/text");
    assertThatThrownBy(() -> Models.open(decoder, decoder).close())
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "decoder.gguf: is no projector: expected general.architecture clip, found gemma3");
    try (Checkpoint alone = Models.open(projector("gemma3"))) {
      assertThatThrownBy(() -> Models.inspect(alone))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "mmproj-f32.gguf holds encoders alone. Name the decoder's file, and this one with"
                  + " --mmproj");
    }
  }

  @Test
  void twoFilesWithTheSameTensorsAreNoModel() throws IOException {
    Path decoder = decoder("gemma3/text");
    try (Checkpoint first = Checkpoints.open(decoder);
        Checkpoint second = Checkpoints.open(decoder)) {
      assertThatThrownBy(() -> Checkpoints.join(first, second).close())
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("is in decoder.gguf too. The two do not make one model");
    }
  }
}
