package ai.pollux.content.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.ffmpeg.TestVideo;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.content.video.VideoFrame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One small file of each container and codec, made by {@code tools/samples/make}: the sound is a
 * sine that climbs, and each frame's brightness tells its place.
 */
final class SampleFilesTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();
  private static final FrameSampling ALL = new FrameSampling.Count(1000);
  private static final double RATE = SoundFile.SAMPLE_RATE_HZ;

  /**
   * The number of samples is what ffmpeg 5.1.9 decodes, times 16000 over the file's rate, rounded
   * up. Raw AAC, and MP3 in Matroska, do not say how many of these are the encoder's run-up: of AAC
   * one frame of 1024, of LAME 576 and the decoder's 529.
   */
  @ParameterizedTest
  @CsvSource({
    "vorbis-44k.ogg, 20000, 0, 1",
    "opus-48k.opus, 20000, 0, 1",
    "adts-22k.aac, 20806, 1024, 22050",
    "alaw-8k.aiff, 20000, 0, 1",
    "alac-8k.m4a, 20000, 0, 1",
    "lame-24k.mp3, 20000, 0, 1",
    "vp8-vorbis.webm, 20331, 0, 1",
    "vp9-opus.webm, 20000, 0, 1",
    "h264-aac.mov, 20139, 0, 1",
    "h264-mp3.mkv, 20369, 1105, 48000",
    "hevc-aac.mp4, 20139, 0, 1",
    "av1-opus.mkv, 20000, 0, 1"
  })
  void theSoundIsTheSineThatWasCoded(String name, int samples, int runUp, int rateHz) {
    float[] found = new float[2 * samples];
    int length;
    try (SoundFile sound = SoundFile.open(bytes(name), LIMITS)) {
      length = sound.read(found);
    }
    assertThat(length).isEqualTo(samples);
    int first = (int) Math.round(runUp * RATE / rateHz);
    double exact = likeness(found, first);
    // As ffmpeg decodes them, AAC at these rates is 0.94 and 0.96 like the sine, the others over
    // 0.99.
    assertThat(exact).isGreaterThan(name.contains("aac") ? 0.93 : 0.99);
    for (int late = 1; late <= 3; late++) { // it is where it was, to the sample
      assertThat(likeness(found, first + late)).isLessThan(exact);
      assertThat(first < late ? 0 : likeness(found, first - late)).isLessThan(exact);
    }
  }

  /** Correlation with the sine, if that begins at a sample. */
  private static double likeness(float[] found, int first) {
    double product = 0;
    double foundEnergy = 0;
    double sineEnergy = 0;
    for (int i = 0; i < 19_000; i++) { // codecs blur the sudden end
      double t = i / RATE;
      double sine = 0.5 * Math.sin(2 * Math.PI * (300 * t + 400 * t * t));
      product += sine * found[first + i];
      foundEnergy += found[first + i] * (double) found[first + i];
      sineEnergy += sine * sine;
    }
    // As loud as it was, within a decibel: 10^(1 / 20) = 1.12.
    assertThat(Math.sqrt(foundEnergy / sineEnergy)).isBetween(1 / 1.12, 1.12);
    return product / Math.sqrt(foundEnergy * sineEnergy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vp8-vorbis.webm",
        "vp9-opus.webm",
        "h264-aac.mov",
        "h264-mp3.mkv",
        "hevc-aac.mp4",
        "av1-opus.mkv"
      })
  void framesAreThoseThatWereCoded(String name) {
    try (VideoFile video = VideoFile.open(bytes(name), ALL, LIMITS)) {
      assertThat(video.frames()).isEqualTo(30);
      assertThat(video.duration()).isCloseTo(Duration.ofMillis(1200), Duration.ofMillis(1));
      for (int i = 0; i < 30; i++) {
        check(video.next(), i);
      }
    }
    try (VideoFile five = VideoFile.open(bytes(name), new FrameSampling.Count(5), LIMITS)) {
      assertThat(five.places()).containsExactly(0, 6, 12, 18, 24);
      for (int place : five.places()) {
        check(five.next(), place);
      }
    }
  }

  private static void check(VideoFrame frame, int place) {
    assertThat(frame.width()).isEqualTo(64);
    assertThat(frame.height()).isEqualTo(48);
    // Matroska rounds times to milliseconds.
    assertThat(frame.nanos() / 1e6).isCloseTo(40 * place, offset(1.0));
    double gray = (TestVideo.brightness(place) - 16) * 255.0 / 219; // limited range to full
    double sum = 0;
    for (byte each : frame.rgb()) {
      sum += each & 255;
    }
    // Neighbours differ by 40 · 255 / 219 = 47 steps; a codec at these rates is within a few.
    assertThat(sum / frame.rgb().length).as("frame %d", place).isCloseTo(gray, offset(6.0));
  }

  private static byte[] bytes(String name) {
    try (InputStream in = SampleFilesTest.class.getResourceAsStream("/samples/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
