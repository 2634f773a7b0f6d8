package ai.pollux.content.audio;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import org.junit.jupiter.api.Test;

final class JoinedMelTest {
  private static final int MELS = 40;

  private static float[] tone(int samples, double hertz) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / SoundFile.SAMPLE_RATE_HZ));
    }
    return tone;
  }

  @Test
  void aTokenStandsForFortyMillisecondsTheLastOneFilledUp() {
    SoundFrontEnd frontEnd = SoundFrontEnd.polluxMel();
    assertThat(frontEnd.tokens(0)).isZero();
    assertThat(frontEnd.tokens(1)).isEqualTo(1);
    assertThat(frontEnd.tokens(640)).isEqualTo(1);
    assertThat(frontEnd.tokens(641)).isEqualTo(2);
    SoundFeatures features = frontEnd.of(tone(641, 500));
    assertThat(features.frames()).isEqualTo(2);
    assertThat(features.values()).hasSize(2 * 4 * MELS);
  }

  @Test
  void silenceIsZero() {
    assertThat(SoundFrontEnd.polluxMel().of(new float[1280]).values()).containsOnly(0f);
  }

  @Test
  void eachFrameHoldsWhatGemmaFoursSpectrogramHoldsThere() {
    float[] sound = tone(3200, 1200);
    SoundFeatures joined = SoundFrontEnd.polluxMel().of(sound);
    float[] frames = new MelSpectrogram(MelSettings.pollux()).of(sound, 20);
    for (int i = 0; i < frames.length; i++) {
      // A float's last place of the largest value, 7.
      assertThat(joined.values()[i] + (float) Math.log(1e-3))
          .isCloseTo(frames[i], org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void aHigherToneLiesInAHigherBand() {
    assertThat(loudest(tone(1280, 300))).isLessThan(loudest(tone(1280, 900)));
    assertThat(loudest(tone(1280, 900))).isLessThan(loudest(tone(1280, 3000)));
  }

  private static int loudest(float[] sound) {
    float[] values = SoundFrontEnd.polluxMel().of(sound).values();
    int loudest = 0;
    for (int m = 0; m < MELS; m++) {
      loudest = values[MELS + m] > values[MELS + loudest] ? m : loudest;
    }
    return loudest;
  }

  @Test
  void aCheckpointAsksForItByName() {
    Json.Obj extractor =
        (Json.Obj) Json.parse("{\"feature_extractor_type\": \"PolluxMelFeatureExtractor\"}");
    assertThat(SoundFrontEnds.of(extractor).of(new float[640]).width()).isEqualTo(4 * MELS);
  }
}
