package ai.pollux.content;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypeTest {
  @ParameterizedTest
  @CsvSource({
    "multimodal/genai-samples/google.png, IMAGE, image/png",
    "multimodal/genai-samples/dog.jpg, IMAGE, image/jpeg",
    "multimodal/genai-samples/story.pdf, PDF, application/pdf",
    "multimodal/genai-samples/story.txt, TEXT, text/plain",
    "multimodal/genai-samples/pixel.m4a, AUDIO, audio/mp4",
    "multimodal/genai-samples/animal.mp4, VIDEO, video/mp4",
    "multimodal/genai-samples/voice_sample.wav, AUDIO, audio/wav",
    "audio/asr/jfk.mp3, AUDIO, audio/mpeg",
    "audio/asr/example2.flac, AUDIO, audio/flac",
    "video/flipping_a_pancake.mkv, VIDEO, video/x-matroska"
  })
  void knowsAFileByItsBytesWhateverItIsCalled(String file, MediaType.Kind kind, String name)
      throws IOException {
    byte[] bytes = Files.readAllBytes(TestFiles.data(file));
    MediaType expected = new MediaType(kind, name);
    assertThat(MediaType.of(bytes, "")).isEqualTo(expected);
    assertThat(MediaType.of(bytes, "application/octet-stream")).isEqualTo(expected);
    assertThat(MediaType.of(bytes, "image/x-wrong; a=b")).isEqualTo(expected);
  }

  @Test
  void believesWhatIsDeclaredWhereBytesCannotTell() {
    byte[] mp4 = latin("\0\0\0\u0018ftypisom\0\0\0\0");
    assertThat(MediaType.of(mp4, "audio/x-m4a").kind()).isEqualTo(MediaType.Kind.AUDIO);
    assertThat(MediaType.of(mp4, "video/mp4").kind()).isEqualTo(MediaType.Kind.VIDEO);
    assertThat(MediaType.of(latin("a,b\n1,2\n"), "text/csv; charset=utf-8").name())
        .isEqualTo("text/csv");
    assertThat(MediaType.of(latin("{}"), "application/json").name()).isEqualTo("application/json");
    assertThat(MediaType.of(latin("{}"), "video/mp4").name()).isEqualTo("text/plain");
  }

  @Test
  void tellsMpegSoundFromAacAndFromUtf16() {
    assertThat(MediaType.of(latin("\u00ff\u00fb\u0090d"), "").name()).isEqualTo("audio/mpeg");
    assertThat(MediaType.of(latin("\u00ff\u00f1P\u0080"), "").name()).isEqualTo("audio/aac");
    assertThat(MediaType.of(latin("\u00ff\u00fea\0b\0"), "").kind()).isEqualTo(MediaType.Kind.TEXT);
  }

  @Test
  void namesWhatItDoesNotKnowAsItWasDeclared() {
    assertThat(MediaType.of(new byte[0], ""))
        .isEqualTo(new MediaType(MediaType.Kind.UNKNOWN, "application/octet-stream"));
    assertThat(MediaType.of(latin("PK\u0003\u0004\0\0"), "application/zip"))
        .isEqualTo(new MediaType(MediaType.Kind.UNKNOWN, "application/zip"));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
