package ai.pollux.content.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TextFileTest {
  private static final String TEXT = "Käse für 3 €, 日本";

  @Test
  void readsUtf8WithOrWithoutAMark() {
    assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8), "text/plain")).isEqualTo(TEXT);
    assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_8), "")).isEqualTo(TEXT);
  }

  @Test
  void readsUtf16ByItsMark() {
    assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE), "")).isEqualTo(TEXT);
    assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16BE), "")).isEqualTo(TEXT);
  }

  @Test
  void believesADeclaredCharacterSetThatFits() {
    byte[] japanese = "日本".getBytes(Charset.forName("Shift_JIS"));
    assertThat(read(japanese, "text/plain; charset=Shift_JIS")).isEqualTo("日本");
    assertThat(read("日本".getBytes(StandardCharsets.UTF_8), "text/plain; charset=us-ascii"))
        .isEqualTo("日本");
    assertThat(read("a".getBytes(StandardCharsets.UTF_8), "text/plain; charset=no-such"))
        .isEqualTo("a");
  }

  @Test
  void believesWhatAPageSaysOfItself() {
    String html = "<html><head><meta charset=\"Shift_JIS\"></head>日本</html>";
    assertThat(read(html.getBytes(Charset.forName("Shift_JIS")), "text/html")).isEqualTo(html);
    String xml = "<?xml version='1.0' encoding='iso-8859-5'?><a>Мир</a>";
    assertThat(read(xml.getBytes(Charset.forName("iso-8859-5")), "text/xml")).isEqualTo(xml);
  }

  @Test
  void readsOldWesternTextInTheEnd() {
    assertThat(read("5 € für Käse".getBytes(Charset.forName("windows-1252")), "text/csv"))
        .isEqualTo("5 € für Käse");
  }

  @Test
  void readsTheSample() throws IOException {
    byte[] story = Files.readAllBytes(TestFiles.data("multimodal/genai-samples/story.txt"));
    assertThat(read(story, "text/plain")).hasSizeGreaterThan(1000).doesNotContain("\ufffd");
  }

  @Test
  void refusesWhatIsNoTextOrTooMuch() {
    assertThatThrownBy(() -> read(new byte[] {1, 0, 2}, "text/plain"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("3 bytes was sent as text but is not");
    MediaLimits ten = new MediaLimits(1, Duration.ZERO, 1, 10, Duration.ZERO);
    assertThatThrownBy(() -> TextFile.read(new byte[11], "", ten))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("more than 10 characters");
  }

  private static String read(byte[] bytes, String mimeType) {
    return TextFile.read(bytes, mimeType, MediaLimits.standard());
  }
}
