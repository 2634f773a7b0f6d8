package ai.pollux.content.audio;

/**
 * Changes the sampling rate of a stream of samples. Output j is the filtered input at {@code j ·
 * from / to}; the first samples coincide, and before and after the sound is silence. Where the
 * rates are equal, samples pass through untouched.
 *
 * <p>Holds one filter length of input: memory does not grow with the sound.
 */
final class Resampler {
  /** Rates with more fractions than this between them take the two next ones, and blend. */
  private static final int MOST_PHASES = 1024;

  private final int fromHz;
  private final int toHz;
  private final KaiserSinc filter;
  private float[] input;
  private long inputStart; // place of input[0] in the sound; negative in the silence before it
  private int inputLength;
  private long received;
  private long made;

  Resampler(int fromHz, int toHz) {
    int divisor = gcd(fromHz, toHz);
    this.fromHz = fromHz / divisor;
    this.toHz = toHz / divisor;
    filter = KaiserSinc.of(fromHz, toHz, Math.min(this.toHz, MOST_PHASES));
    inputStart = 1L - filter.half();
    inputLength = filter.half() - 1;
    input = new float[inputLength];
  }

  /** The samples that the input so far determines. */
  float[] add(float[] samples) {
    if (fromHz == toHz) {
      return samples;
    }
    append(samples);
    received += samples.length;
    return make(Math.max(made, outputsBefore(received - filter.half())));
  }

  /** The samples that are left when no more input comes: {@code ceil(input · to / from)} in all. */
  float[] finish() {
    if (fromHz == toHz) {
      return new float[0];
    }
    append(new float[filter.half() + 1]);
    return make((long) Math.ceil(received * (toHz / (double) fromHz)));
  }

  /** How many outputs have their place before an input sample. */
  private long outputsBefore(long sample) {
    return sample <= 0 ? 0 : (sample * toHz + fromHz - 1) / fromHz;
  }

  private float[] make(long end) {
    float[] output = new float[Math.toIntExact(end - made)];
    for (int i = 0; i < output.length; i++) {
      long place = made * fromHz;
      output[i] = at(place / toHz, (int) (place % toHz));
      made++;
    }
    return output;
  }

  private float at(long sample, int fraction) {
    int from = Math.toIntExact(sample - filter.half() + 1 - inputStart);
    if (toHz == filter.phases()) {
      return filter.apply(fraction, input, from);
    }
    double phase = fraction * (double) filter.phases() / toHz;
    int before = (int) phase;
    float blend = (float) (phase - before);
    return (1 - blend) * filter.apply(before, input, from)
        + blend * filter.apply(before + 1, input, from);
  }

  private void append(float[] samples) {
    long needed = made * fromHz / toHz - filter.half() + 1;
    int dropped = Math.clamp(needed - inputStart, 0, inputLength);
    int kept = inputLength - dropped;
    float[] target =
        kept + samples.length > input.length ? new float[kept + samples.length] : input;
    System.arraycopy(input, dropped, target, 0, kept);
    System.arraycopy(samples, 0, target, kept, samples.length);
    input = target;
    inputStart += dropped;
    inputLength = kept + samples.length;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
