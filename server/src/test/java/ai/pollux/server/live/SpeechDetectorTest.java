package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.live.SpeechDetector.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpeechDetectorTest {
  private static final int SAMPLES = 320; // 20 ms at 16 kHz
  private static final SpeechDetector.Settings SETTINGS =
      new SpeechDetector.Settings(8, -45, 60, 200);

  private final SpeechDetector detector = new SpeechDetector(SETTINGS);
  private final Random random = new Random(1);

  /** The frames at which something changed, counted from 0. */
  private List<String> hear(double... amplitudes) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < amplitudes.length; i++) {
      Change change = detector.hear(noise(amplitudes[i]));
      if (change != Change.NONE) {
        changes.add(change + " " + i);
      }
    }
    return changes;
  }

  /** White noise, uniform within the amplitude: its level is 4.8 dB below that of the amplitude. */
  private byte[] noise(double amplitude) {
    byte[] frame = new byte[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int sample = (int) (32767 * amplitude * (2 * random.nextDouble() - 1));
      frame[2 * i] = (byte) sample;
      frame[2 * i + 1] = (byte) (sample >> 8);
    }
    return frame;
  }

  private static double[] frames(Object... countsAndAmplitudes) {
    List<Double> frames = new ArrayList<>();
    for (int i = 0; i < countsAndAmplitudes.length; i += 2) {
      for (int j = 0; j < (int) countsAndAmplitudes[i]; j++) {
        frames.add((double) countsAndAmplitudes[i + 1]);
      }
    }
    return frames.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void speechBeginsAfterThePrefixAndEndsAfterTheSilence() {
    // 60 ms are 3 frames: the third loud one. 200 ms are 10 frames: the tenth quiet one.
    assertThat(hear(frames(10, 0.0, 20, 0.1, 20, 0.0))).containsExactly("BEGINS 12", "ENDS 39");
  }

  @Test
  void aClickIsNoSpeech() {
    assertThat(hear(frames(10, 0.0, 2, 0.5, 30, 0.0))).isEmpty();
  }

  @Test
  void aShortPauseDoesNotEndIt() {
    assertThat(hear(frames(10, 0.1, 9, 0.0, 10, 0.1))).containsExactly("BEGINS 2");
  }

  @Test
  void quietNoiseIsNoSpeech() {
    assertThat(hear(frames(500, 0.004))).isEmpty(); // -52.7 dB
  }

  @Test
  void aSteadyHumStopsToCount() {
    // -24.8 dB; noise is believed to rise from -60 by 2.5 dB a second: after 12 s it is the hum.
    assertThat(hear(frames(800, 0.1))).hasSize(2).first().isEqualTo("BEGINS 2");
    // And what is louder than it by 12 dB is heard over it.
    assertThat(hear(frames(20, 0.4))).containsExactly("BEGINS 2");
  }
}
