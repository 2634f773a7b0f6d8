package ai.pollux.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFileTest {
  @TempDir Path folder;

  private List<TrainingText> texts(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), content);
    try (Stream<TrainingText> texts = TextFile.texts(file, 3)) {
      return texts.toList();
    }
  }

  @Test
  void cutsAFileBehindNewlinesAndLosesNothing() throws IOException {
    Random random = new Random(1);
    StringBuilder whole = new StringBuilder();
    while (whole.length() < 1_500_000) {
      whole.append("\u65E5\u672C \uD83D\uDE00 abc ".repeat(random.nextInt(8)));
      whole.append("\n".repeat(random.nextInt(4)));
    }
    List<TrainingText> texts = texts(whole.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(texts).hasSizeBetween(4, 7).allMatch(each -> each.weight() == 3);
    assertThat(texts.stream().map(TrainingText::text).collect(Collectors.joining()))
        .isEqualTo(whole.toString());
    for (TrainingText text : texts.subList(0, texts.size() - 1)) {
      assertThat(text.text()).endsWith("\n");
    }
    for (TrainingText text : texts.subList(1, texts.size())) {
      assertThat(text.text()).doesNotStartWith("\n");
    }
  }

  @Test
  void anEmptyFileHasNoTexts() throws IOException {
    assertThat(texts(new byte[0])).isEmpty();
  }

  @Test
  void saysWhereAFileIsNotUtf8() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("line\u00E9\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {'a', (byte) 0xE9, 'b'});
    assertThatThrownBy(() -> texts(bytes.toByteArray()))
        .isInstanceOf(TokenizerTrainingException.class)
        .hasMessage(
            folder.resolve("a.txt")
                + ", byte 700001 (line 100001): expected UTF-8, found 0xE9. Convert the file to"
                + " UTF-8 or leave it out.");
    assertThatThrownBy(() -> texts(new byte[] {'a', (byte) 0xE2, (byte) 0x82}))
        .as("cut short")
        .hasMessageContaining("byte 1 (line 1): expected UTF-8, found 0xE2.");
  }

  @Test
  void saysWhereAFileCannotBeRead() {
    Path absent = folder.resolve("absent.txt");
    assertThatThrownBy(() -> TextFile.texts(absent, 1))
        .isInstanceOf(TokenizerTrainingException.class)
        .hasMessageStartingWith(absent + ": expected a readable text, found ")
        .hasMessageEndingWith("Check the path.");
  }
}
