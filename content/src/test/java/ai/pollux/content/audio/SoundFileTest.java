package ai.pollux.content.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SoundFileTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();

  /** Lengths as librosa 0.11 finds them; of m4a, which it does not read, as PyAV decodes it. */
  @ParameterizedTest
  @CsvSource({
    "audio/asr/example2.flac, 33088",
    "audio/asr/jfk.mp3, 176000",
    "audio/asr/jfk.wav, 176000",
    "audio/asr/spk1_snt1.wav, 45920",
    "audio/asr/spk1_snt2.wav, 50400",
    "audio/asr/spk1_snt3.wav, 43520",
    "audio/asr/spk1_snt4.wav, 40480",
    "audio/asr/spk1_snt5.wav, 41600",
    "audio/asr/spk1_snt6.wav, 36640",
    "audio/asr/spk2_snt1.wav, 32160",
    "audio/asr/spk2_snt2.wav, 28160",
    "audio/asr/spk2_snt3.wav, 30080",
    "audio/asr/spk2_snt4.wav, 32640",
    "audio/asr/spk2_snt5.wav, 31680",
    "audio/asr/spk2_snt6.wav, 28800",
    "multimodal/genai-samples/voice_sample.wav, 32816",
    "multimodal/genai-samples/pixel.m4a, 254840"
  })
  void findsTheSameNumberOfSamplesAsTheReference(String file, long samples) throws IOException {
    byte[] bytes = Files.readAllBytes(TestFiles.data(file));
    assertThat(SoundFile.length(bytes, LIMITS)).isEqualTo(samples);
  }

  @Test
  void hearsTheSameInAnMp3AsInTheWavItWasMadeOf() throws IOException {
    float[] mp3 = all(Files.readAllBytes(TestFiles.data("audio/asr/jfk.mp3")));
    float[] wav = all(Files.readAllBytes(TestFiles.data("audio/asr/jfk.wav")));
    double product = 0;
    double mp3Energy = 0;
    double wavEnergy = 0;
    for (int i = 0; i < wav.length; i++) {
      product += mp3[i] * (double) wav[i];
      mp3Energy += mp3[i] * (double) mp3[i];
      wavEnergy += wav[i] * (double) wav[i];
    }
    // The delay of the encoder is taken out: shifted by a sample, speech correlates less than this.
    assertThat(product / Math.sqrt(mp3Energy * wavEnergy)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/asr/jfk.wav", "audio/asr/jfk.mp3"})
  void readsAPartAsItIsInTheWhole(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(TestFiles.data(file));
    float[] whole = all(bytes);
    try (SoundFile part =
        SoundFile.open(bytes, Duration.ofMillis(2500), Duration.ofMillis(3250), LIMITS)) {
      float[] samples = new float[20_000];
      assertThat(part.read(samples)).isEqualTo(12_000);
      assertThat(Arrays.copyOf(samples, 12_000))
          .containsExactly(Arrays.copyOfRange(whole, 40_000, 52_000));
    }
  }

  @Test
  void cutsALongSoundIntoClips() {
    byte[] wav = wav(8000, 70 * 8000);
    try (SoundFile sound = SoundFile.open(wav, LIMITS)) {
      SoundClips clips = new SoundClips(sound, SoundFrontEnd.gemma4());
      List<SoundFeatures> all = List.of(clips.next(), clips.next(), clips.next());
      assertThat(clips.hasNext()).isFalse();
      assertThat(all).extracting(SoundFeatures::tokens).containsExactly(750, 750, 250);
      assertThat(all).extracting(SoundFeatures::frames).containsExactly(2999, 2999, 999);
    }
  }

  @Test
  void leavesOutARestThatIsTooShort() {
    try (SoundFile sound = SoundFile.open(wav(16000, 30 * 16000 + 100), LIMITS)) {
      SoundClips clips = new SoundClips(sound, SoundFrontEnd.gemma4());
      assertThat(clips.next().tokens()).isEqualTo(750);
      assertThat(clips.hasNext()).isFalse();
    }
  }

  @Test
  void refusesASoundThatIsTooShort() {
    try (SoundFile sound = SoundFile.open(wav(16000, 100), LIMITS)) {
      assertThatThrownBy(() -> new SoundClips(sound, SoundFrontEnd.gemma4()))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("too short to be heard: 6 ms");
    }
  }

  @Test
  void refusesASoundThatIsTooLong() {
    MediaLimits tenSeconds = LIMITS.duration(Duration.ofSeconds(10));
    byte[] wav = wav(16000, 11 * 16000);
    assertThatThrownBy(() -> SoundFile.open(wav, tenSeconds))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("longer than 10 s, which is the limit: at least 11 s");
    try (SoundFile part =
        SoundFile.open(wav, Duration.ofSeconds(1), Duration.ofSeconds(9), tenSeconds)) {
      assertThat(part.read(new float[200_000])).isEqualTo(8 * 16000);
    }
  }

  @Test
  void refusesAnUnusualRate() {
    assertThatThrownBy(() -> SoundFile.open(wav(10, 100), LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("10 samples a second");
  }

  @Test
  void stopsWhenTimeIsOver() throws IOException {
    byte[] mp3 = Files.readAllBytes(TestFiles.data("audio/asr/jfk.mp3"));
    assertThatThrownBy(() -> SoundFile.length(mp3, LIMITS.time(Duration.ofNanos(1))))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("took longer than 0 ms");
  }

  @Test
  void readsWhatIsThereOfACutFile() throws IOException {
    for (String file :
        List.of("audio/asr/jfk.wav", "audio/asr/jfk.mp3", "audio/asr/example2.flac")) {
      byte[] bytes = Files.readAllBytes(TestFiles.data(file));
      long whole = SoundFile.length(bytes, LIMITS);
      long half = SoundFile.length(Arrays.copyOf(bytes, bytes.length / 2), LIMITS);
      assertThat(half).as(file).isBetween(whole / 3, whole * 2 / 3);
    }
  }

  @Test
  void refusesWhatIsNoSound() throws IOException {
    List<byte[]> files =
        List.of(
            new byte[0],
            new byte[10_000],
            "<html>hello</html>".getBytes(StandardCharsets.UTF_8),
            "ffconcat version 1.0\nfile /etc/passwd\n".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(wav(16000, 1000), 40),
            Files.readAllBytes(TestFiles.golden("media/wide-300x200.png")));
    for (byte[] file : files) {
      assertThatThrownBy(() -> SoundFile.open(file, LIMITS)).isInstanceOf(MediaException.class);
    }
  }

  private static float[] all(byte[] bytes) {
    try (SoundFile sound = SoundFile.open(bytes, LIMITS)) {
      float[] samples = new float[20 * SoundFile.SAMPLE_RATE_HZ];
      return Arrays.copyOf(samples, sound.read(samples));
    }
  }

  /** A saw-tooth of 16 bits, one channel. */
  private static byte[] wav(int rate, int samples) {
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      file.putShort((short) (i * 100));
    }
    return file.array();
  }
}
