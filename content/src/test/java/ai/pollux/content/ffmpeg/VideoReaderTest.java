package ai.pollux.content.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VideoReaderTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();

  @Test
  void readsEveryFrameWithItsTime() throws IOException {
    byte[] clip = Files.readAllBytes(TestFiles.golden("media/clip-64x48.mp4"));
    List<RgbFrame> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(clip, LIMITS)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        frames.add(next.get());
      }
    }
    assertThat(frames).hasSize(8).allMatch(f -> f.width() == 64 && f.height() == 48);
    assertThat(frames).extracting(RgbFrame::nanos).isSorted().startsWith(0L);
  }

  @Test
  void refusesAPlaylistThatIsNamedLikeAVideo() {
    byte[] hls =
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> VideoReader.open(hls, LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("none of mp4");
  }
}
