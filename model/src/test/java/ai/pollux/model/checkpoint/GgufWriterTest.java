package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTest {
  @TempDir Path folder;

  @Test
  void everyTypeOfMetadataComesBack() {
    MetadataValue nested =
        MetadataValue.array(
            GgufType.ARRAY,
            List.of(
                MetadataValue.array(GgufType.STRING, List.of(MetadataValue.text("zwölf"))),
                MetadataValue.array(GgufType.BOOL, List.of(MetadataValue.flag(true)))));
    Path file = folder.resolve("m.gguf");
    GgufWriter writer = new GgufWriter().put("nested", nested);
    for (GgufType type : GgufType.values()) {
      switch (type) {
        case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
            writer.put(type.name(), new MetadataValue.Whole(type, 101));
        case FLOAT32, FLOAT64 -> writer.put(type.name(), new MetadataValue.Real(type, 0.25));
        case BOOL -> writer.put(type.name(), MetadataValue.flag(true));
        case STRING -> writer.put(type.name(), MetadataValue.text("größe"));
        case ARRAY ->
            writer.put(
                type.name(),
                MetadataValue.array(GgufType.FLOAT32, List.of(MetadataValue.float32(1.5))));
      }
    }
    writer.put("negative", new MetadataValue.Whole(GgufType.INT16, -7));
    writer.write(file, GgufWriter.Progress.NONE);
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      Metadata found = checkpoint.metadata();
      assertThat(found.whole("UINT8")).hasValue(101);
      assertThat(found.whole("INT64")).hasValue(101);
      assertThat(found.whole("negative")).hasValue(-7);
      assertThat(found.real("FLOAT32")).hasValue(0.25);
      assertThat(found.real("FLOAT64")).hasValue(0.25);
      assertThat(found.real("UINT32")).hasValue(101);
      assertThat(found.flag("BOOL")).contains(true);
      assertThat(found.text("STRING")).contains("größe");
      assertThat(found.items("ARRAY").orElseThrow().reals()).containsExactly(1.5f);
      List<MetadataValue> outer = found.items("nested").orElseThrow().values();
      assertThat(((MetadataValue.Items) outer.get(0)).texts()).containsExactly("zwölf");
      assertThat(((MetadataValue.Items) outer.get(1)).wholes()).containsExactly(1);
      assertThatThrownBy(() -> found.text("BOOL"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("metadata BOOL: expected a string, found BOOL");
      assertThatThrownBy(() -> found.items("ARRAY").orElseThrow().texts())
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("expected an array of strings, found one of FLOAT32");
    }
  }

  @Test
  void everyFormatComesBackAsItWasEncoded() {
    GgufWriter writer = new GgufWriter();
    for (BlockFormat format : Formats.ALL) {
      writer.tensor(
          format.name(),
          format,
          List.of(3L, 256L),
          TensorSource.encoding(format, 256, GgufWriterTest::row));
    }
    Path file = folder.resolve("m.gguf");
    writer.write(file, GgufWriter.Progress.NONE);
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      for (BlockFormat format : Formats.ALL) {
        Entry entry = checkpoint.entry(format.name());
        assertThat(entry.format()).isEqualTo(format);
        float[] values = entry.values(3, 256);
        float[] expected = new float[256];
        row(2, expected);
        for (int i = 0; i < 256; i++) {
          // The coarsest formats have 16 steps over a range of 4: half a step is 0.125, and a
          // K-quant's scale is itself rounded to 6 bits.
          assertThat(values[2 * 256 + i]).as(format.name()).isCloseTo(expected[i], within(0.3f));
        }
      }
    }
  }

  private static void row(long row, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) (2 * Math.sin((double) i + row));
    }
  }

  @Test
  void aFileThatFailsHalfwayLeavesTheOldOne() throws IOException {
    Path file = folder.resolve("m.gguf");
    Files.writeString(file, "old");
    GgufWriter writer =
        new GgufWriter()
            .tensor(
                "a",
                Formats.F32,
                List.of(8L),
                (first, count, target) -> {
                  throw new IllegalStateException("the source broke");
                });
    assertThatThrownBy(() -> writer.write(file, GgufWriter.Progress.NONE))
        .hasMessage("the source broke");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whatGgufCannotHoldIsRefused() {
    TensorSource none = (first, count, target) -> {};
    GgufWriter writer = new GgufWriter().tensor("a", Formats.F32, List.of(8L), none);
    assertThatThrownBy(() -> writer.tensor("a", Formats.F32, List.of(8L), none))
        .hasMessageContaining("tensor a was added before");
    assertThatThrownBy(() -> writer.tensor("b", Formats.F32, List.of(), none))
        .hasMessageContaining("tensor b: GGUF holds one to four axes, found []");
    assertThatThrownBy(() -> writer.tensor("b", Formats.Q8_0, List.of(33L), none))
        .hasMessageContaining("a row of 33 does not fill whole blocks");
  }
}
