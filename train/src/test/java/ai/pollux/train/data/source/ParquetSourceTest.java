package ai.pollux.train.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Turn;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Sample;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetSourceTest {
  @TempDir Path folder;

  private static Path file(String codec) throws URISyntaxException {
    return Path.of(
        ParquetSourceTest.class.getResource("/golden/parquet/" + codec + ".parquet").toURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd"})
  void rowsAreReadInAnyOrder(String codec) throws URISyntaxException {
    try (ParquetSource source =
        ParquetSource.open("rows", file(codec), RecordFormat.text("text"))) {
      assertThat(source.size()).isEqualTo(700);
      for (int i : new int[] {0, 699, 1, 255, 256, 299, 300, 301, 600, 512, 511, 2}) {
        assertThat(source.sample(i))
            .isEqualTo(Sample.Document.of("rows", "Row %d of the table.".formatted(i)));
      }
    }
  }

  @Test
  void listsOfStructsAreMessages() throws URISyntaxException {
    try (ParquetSource source = ParquetSource.open("rows", file("none"), RecordFormat.messages())) {
      Sample.Dialogue dialogue = (Sample.Dialogue) source.sample(41);
      assertThat(dialogue.conversation().turns())
          .containsExactly(Turn.user("What is 41 + 1?"), Turn.model("42"));
    }
  }

  @Test
  void valuesOfAllKindsAreJson() throws URISyntaxException {
    RecordFormat format = (source, record) -> Sample.Document.of(source, record.toString());
    try (ParquetSource source = ParquetSource.open("rows", file("zstd"), format)) {
      assertThat(source.sample(3))
          .isEqualTo(
              Sample.Document.of(
                  "rows",
                  "{\"text\":\"Row 3 of the table.\",\"number\":3,\"score\":0.75,\"good\":false,\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 + 1?\"},{\"role\":\"assistant\",\"content\":\"4\"}],\"note\":null}"));
    }
  }

  @Test
  void manyThreadsReadTheSame() throws URISyntaxException {
    try (ParquetSource source =
        ParquetSource.open("rows", file("snappy"), RecordFormat.text("text"))) {
      assertThat(IntStream.range(0, 700).parallel().mapToObj(source::sample))
          .doesNotHaveDuplicates()
          .hasSize(700);
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("no.parquet"), "this is not Parquet at all");
    assertThatThrownBy(() -> ParquetSource.open("no", file, RecordFormat.text("text")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + ": expected a Parquet file, found ");
  }
}
