package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.world.Draw;

/**
 * What a tone sounds like: how much of each overtone it has.
 *
 * @param overtones 1 is a pure tone
 */
record Voice(int overtones, double gain) {
  static Voice draw(Draw draw) {
    return new Voice(draw.of(1, 1, 2, 4), draw.uniform(0.1, 0.5));
  }

  double[] levels() {
    double[] levels = new double[overtones];
    double sum = 0;
    for (int i = 0; i < overtones; i++) {
      levels[i] = 1.0 / (i + 1);
      sum += levels[i];
    }
    for (int i = 0; i < overtones; i++) {
      levels[i] /= sum;
    }
    return levels;
  }

  /** The frequency so many half tones above 220 Hz. */
  static double hz(int halfTones) {
    return 220 * StrictMath.pow(2, halfTones / 12.0);
  }
}
