package ai.pollux.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.families.Models;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class SyntheticModelTest {
  /** Made by llama.cpp's converter, with the layers of {@link #TINY}. */
  private static final Map<Family, String> GOLDENS =
      Map.of(
          Family.LLAMA, "llama/llama3-like",
          Family.GEMMA3, "gemma3/text",
          Family.GEMMA4, "gemma4/e2b-like");

  private static final Map<Family, ModelShape> TINY =
      Map.of(
          Family.LLAMA,
          new ModelShape("tiny", Family.LLAMA, 64, 4, 4, 2, 2, 16, 16, 160, 608, 512, 0, 1, 0, 0),
          Family.GEMMA3,
          new ModelShape("tiny", Family.GEMMA3, 64, 6, 4, 1, 1, 16, 16, 128, 608, 512, 8, 6, 0, 0),
          Family.GEMMA3N,
          new ModelShape("tiny", Family.GEMMA3N, 64, 8, 4, 2, 2, 16, 16, 96, 608, 512, 8, 3, 16, 3),
          Family.GEMMA4,
          new ModelShape("tiny", Family.GEMMA4, 64, 6, 4, 1, 1, 16, 32, 96, 608, 512, 8, 3, 16, 3));

  static final List<BlockFormat> formats = Formats.ALL;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void modelsOfEveryFamilyLoad(Family family) {
    try (Checkpoint checkpoint = Checkpoints.open(write(family, Formats.Q8_0, 1))) {
      ModelInfo info = Models.inspect(checkpoint);
      assertThat(info.architecture()).isEqualTo(family.architecture());
      assertThat(info.layers()).isEqualTo(TINY.get(family).layers());
    }
  }

  /** Of Gemma 3n the goldens have no such file. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMMA3N")
  void tensorsAndKeysAreThoseThatTheConverterWrites(Family family) {
    Path file = write(family, Formats.F32, 1);
    Path golden = TestFiles.golden(GOLDENS.get(family)).resolve("model-f32.gguf");
    try (Checkpoint ours = Checkpoints.open(file);
        Checkpoint theirs = Checkpoints.open(golden)) {
      for (String name : ours.names()) {
        assertThat(ours.entry(name).shape()).as(name).isEqualTo(theirs.entry(name).shape());
      }
      assertThat(sizes(ours, family)).isEqualTo(sizes(theirs, family));
    }
  }

  /** The keys of the family; the vocabulary's size, which only Llama files name, aside. */
  private static Set<String> sizes(Checkpoint checkpoint, Family family) {
    return checkpoint.metadata().keys().stream()
        .filter(key -> key.startsWith(family.architecture() + "."))
        .filter(key -> !key.endsWith(".vocab_size"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @FieldSource("formats")
  void weightsOfEveryTypeAreFiniteAndOfTheOrderOfOneOverTheRoot(BlockFormat format) {
    try (Checkpoint checkpoint = Checkpoints.open(write(Family.LLAMA, format, 1))) {
      Entry entry = checkpoint.entry("blk.0.ffn_gate.weight");
      assertThat(entry.format()).isEqualTo(SyntheticTensors.fitting(format, 64));
      double squares = 0;
      for (float value : entry.values(160, 64)) {
        squares += value * value;
      }
      // 10,240 values drawn with deviation 1/8: their root mean square lies within a few percent;
      // four bits add an error of a few percent more.
      assertThat(Math.sqrt(squares / (160 * 64))).isBetween(0.11, 0.14);
    }
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    byte[] first = Files.readAllBytes(write(Family.GEMMA4, Formats.Q4_0, 7));
    byte[] second = Files.readAllBytes(write(Family.GEMMA4, Formats.Q4_0, 7));
    byte[] other = Files.readAllBytes(write(Family.GEMMA4, Formats.Q4_0, 8));
    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void rotaryFactorsAreThoseOfTheConverter() {
    try (Checkpoint golden = Checkpoints.open(TestFiles.golden("gemma4/e2b-like/model-f32.gguf"))) {
      assertThat(RotaryFactors.partial(32))
          .containsExactly(golden.entry("rope_freqs.weight").values());
    }
    float[] llama = RotaryFactors.llama3(64);
    assertThat(llama[0]).isEqualTo(1);
    assertThat(llama[31]).isEqualTo(32);
    assertThat(llama).isSorted();
  }

  @Test
  void shapesAreFoundByName() {
    for (ModelShape shape : ModelShape.ALL) {
      assertThat(ModelShape.named(shape.name())).contains(shape);
    }
    assertThat(ModelShape.named("gemma3-1t")).isEmpty();
    ModelShape e2b = ModelShape.named("gemma4-e2b").orElseThrow();
    assertThat(e2b.isLocal(34)).as("the last layer is global").isFalse();
    assertThat(e2b.feedForwardSize(15)).isEqualTo(12_288);
    assertThat(e2b.feedForwardSize(14)).isEqualTo(6144);
  }

  private Path write(Family family, BlockFormat format, long seed) {
    Path file = folder.resolve("tiny.gguf");
    SyntheticModel.write(file, TINY.get(family), format, seed, GgufWriter.Progress.NONE);
    return file;
  }
}
