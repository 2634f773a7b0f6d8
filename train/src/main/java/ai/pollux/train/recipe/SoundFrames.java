package ai.pollux.train.recipe;

/** What a model reads of 40 ms of sound. */
public enum SoundFrames {
  /** The samples themselves, as Google's encoder-free model does. */
  SAMPLES(640),
  /** Four frames of logarithmic mel energies, one each 10 ms. */
  LOG_MEL(160);

  private final int width;

  SoundFrames(int width) {
    this.width = width;
  }

  /** Values of a frame. */
  public int width() {
    return width;
  }
}
