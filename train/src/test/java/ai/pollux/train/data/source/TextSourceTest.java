package ai.pollux.train.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.SampleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextSourceTest {
  @TempDir Path folder;

  private List<String> cut(String text, TextCut cut) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    return documents(TextSource.open("text", file, cut));
  }

  private static List<String> documents(TextSource opened) {
    try (TextSource source = opened) {
      List<String> documents = new ArrayList<>();
      for (long i = 0; i < source.size(); i++) {
        documents.add(SampleText.words(source.sample(i)));
      }
      return documents;
    }
  }

  @Test
  void paragraphsStayWholeAndAsManyAsFitComeTogether() throws IOException {
    String a = "a".repeat(40);
    String b = "b".repeat(40);
    String c = "c".repeat(40);
    assertThat(cut(a + "\n\n\n" + b + "\n" + c + "\n", new TextCut.Paragraphs(90)))
        .containsExactly(a, b + "\n" + c);
    assertThat(cut(a + "\n\n" + b + "\n\n" + c + "\n", new TextCut.Paragraphs(90)))
        .containsExactly(a + "\n\n" + b, c);
  }

  @Test
  void aLongParagraphIsCutAtALineAndALongLineAtASpace() throws IOException {
    String line = "word ".repeat(20).strip(); // 99 bytes
    List<String> found = cut(line + "\n" + line + "\n", new TextCut.Paragraphs(110));
    assertThat(found).containsExactly(line, line);
    assertThat(cut(line, new TextCut.Paragraphs(64)))
        .containsExactly("word ".repeat(12), "word ".repeat(8).strip());
  }

  @Test
  void aLineWithoutSpacesIsCutBetweenCharacters() throws IOException {
    String line = "é".repeat(50); // 100 bytes; an odd size would cut one in two
    List<String> found = cut(line, new TextCut.Paragraphs(65));
    assertThat(String.join("", found)).isEqualTo(line);
    assertThat(found).hasSize(2);
  }

  /** Whatever the sizes of paragraphs: nothing is lost but the space between documents. */
  @Test
  void noWordIsLost() throws IOException {
    StringBuilder text = new StringBuilder();
    java.util.SplittableRandom random = new java.util.SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      text.append("w").append(i).append(random.nextInt(12) == 0 ? "\n" : " ");
      text.append(random.nextInt(20) == 0 ? "\n\n" : "");
    }
    List<String> found = cut(text.toString(), new TextCut.Paragraphs(300));
    assertThat(String.join(" ", found).split("\\s+")).isEqualTo(text.toString().split("\\s+"));
    assertThat(found).allMatch(each -> each.length() <= 300);
    assertThat(found.stream().mapToInt(String::length).average().orElseThrow()).isGreaterThan(150);
  }

  @Test
  void theFrameOfAnEbookIsLeftOut() throws IOException {
    String text =
        "Produced by\n\n*** START OF THIS EBOOK ***\n\nOnce.\n\n*** END OF THIS EBOOK ***\nLegal.\n";
    assertThat(cut(text, new TextCut.Paragraphs(1000))).containsExactly("Once.");
  }

  @Test
  void storiesEndWhereALineFollowsWithoutABlankOne() throws IOException {
    assertThat(cut("One.\n\nTwo.\nThree.\n\nFour.\n", new TextCut.Stories()))
        .containsExactly("One.\n\nTwo.", "Three.\n\nFour.");
  }

  @Test
  void aMarkEndsADocument() throws IOException {
    assertThat(cut("One.\n\nTwo.\n<end>\nThree.\n<end>\n", new TextCut.Marked("<end>")))
        .containsExactly("One.\n\nTwo.", "Three.");
  }

  @Test
  void packedFilesAndForeignLineEndsAreRead() throws IOException {
    Path file = folder.resolve("text.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\uFEFFOne.\r\nTwo.\r\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(documents(TextSource.open("text", file, new TextCut.Paragraphs(100))))
        .containsExactly("One.\nTwo.");
  }

  @Test
  void bytesThatAreNoTextAreABadRecord() throws IOException {
    Path file = Files.write(folder.resolve("bad"), new byte[] {'a', (byte) 0xFF, 'b'});
    try (TextSource source = TextSource.open("bad", file, new TextCut.Paragraphs(100))) {
      assertThatThrownBy(() -> source.sample(0))
          .isInstanceOf(BadRecordException.class)
          .hasMessage(file + ", bytes 0 to 3: expected UTF-8, found other bytes.");
    }
    Path zeros = Files.write(folder.resolve("zeros"), new byte[] {'a', 0, 'b'});
    try (TextSource source = TextSource.open("zeros", zeros, new TextCut.Paragraphs(100))) {
      assertThatThrownBy(() -> source.sample(0)).hasMessageContaining("found a zero byte");
    }
  }

  @Test
  void anAbsentFileIsNamed() {
    Path file = folder.resolve("absent.txt");
    assertThatThrownBy(() -> TextSource.open("absent", file, new TextCut.Stories()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + ": expected a readable file, found")
        .hasMessageContaining("Check the path.");
  }

  @Test
  void tooSmallDocumentsAreRefused() {
    assertThatThrownBy(() -> new TextCut.Paragraphs(10))
        .hasMessage("documents of text: expected at least 64 bytes, found 10");
  }

  @Test
  void anEmptyFileHasNoDocuments() throws IOException {
    assertThat(cut("", new TextCut.Paragraphs(100))).isEmpty();
    assertThat(cut("\n\n \n", new TextCut.Stories())).isEmpty();
  }
}
