package ai.pollux.content.ffmpeg;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StillItemsTest {
  private static MemorySegment boxes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aPictureThatWouldEndTheProcessIsRefused() throws Exception {
    try (var in = StillItemsTest.class.getResourceAsStream("/fuzz/image/avif-without-locations")) {
      byte[] file = Objects.requireNonNull(in).readAllBytes();
      assertThatThrownBy(
              () -> VideoReader.open(MemorySegment.ofArray(file), MediaLimits.standard()))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("the file holds still pictures (HEIF), not sound or video");
    }
  }

  @Test
  void whatMediaDataSpellDoesNotCount() {
    assertThatCode(() -> StillItems.refuse(boxes("\0\0\0\20mdatiinfiloc")))
        .doesNotThrowAnyException();
    assertThatCode(() -> StillItems.refuse(boxes("\0\0\0\0mdatiinfiloc")))
        .doesNotThrowAnyException();
    assertThatCode(() -> StillItems.refuse(boxes("\0\0\0\14freeiinf\0\0\0\14mdatiloc")))
        .doesNotThrowAnyException();
    assertThatCode(() -> StillItems.refuse(boxes("iloc"))).doesNotThrowAnyException();
  }

  @Test
  void sizesOfAnyKindAreFollowed() {
    for (String head : new String[] {"\0\0\0\30", "\0\0\0\0", "\377\377\377\377", "\0\0\0\1"}) {
      assertThatThrownBy(() -> StillItems.refuse(boxes(head + "meta\0\0\0\0iinf....iloc")))
          .isInstanceOf(MediaException.class);
    }
    assertThatThrownBy(
            () -> StillItems.refuse(boxes("\0\0\0\1mdat\0\0\0\0\0\0\0\20\0\0\0\0metailociinf")))
        .isInstanceOf(MediaException.class);
  }
}
