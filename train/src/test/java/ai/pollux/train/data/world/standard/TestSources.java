package ai.pollux.train.data.world.standard;

import ai.pollux.train.data.world.picture.DigitImages;
import ai.pollux.train.data.world.sound.SpokenDigits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Made sources of the right form: what is in them means nothing. */
final class TestSources {
  private TestSources() {}

  static WorldSources small() {
    SplittableRandom random = new SplittableRandom(9);
    int count = 2000;
    byte[] pixels = new byte[count * 28 * 28];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    List<SpokenDigits.Clip> clips = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      short[] samples = new short[4000 + random.nextInt(2000)];
      for (int k = 0; k < samples.length; k++) {
        samples[k] = (short) random.nextInt(-9000, 9000);
      }
      clips.add(new SpokenDigits.Clip("clip " + i, i % 10, "speaker " + i % 3, samples));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      texts.add(
          "Once there was a dog with number %d. It ran to the lake and saw a frog. They played all day. Then it went home and slept well."
              .formatted(i));
    }
    return new WorldSources(
        Optional.of(new DigitImages(pixels, labels)),
        Optional.of(new SpokenDigits(clips)),
        texts,
        texts);
  }
}
