package ai.pollux.tensor;

/** What {@link Ops#rope} means. */
final class RopeDefinition {
  private RopeDefinition() {}

  static Tensor rope(Ops ops, Tensor x, Rope rope, Past past) {
    Checks.rope(x, rope, past);
    int pairs = x.size(2) / 2;
    float[] out = x.toArray();
    int headsPerRow = x.size(1);
    for (int head = 0; head < x.size(0) * headsPerRow; head++) {
      int position = past.position(head / headsPerRow);
      for (int pair = 0; pair < pairs; pair++) {
        int first = head * 2 * pairs + (rope.interleaved() ? 2 * pair : pair);
        int second = first + (rope.interleaved() ? 1 : pairs);
        double angle = (double) position * rope.frequencies()[pair];
        double a = out[first];
        double b = out[second];
        out[first] = (float) (a * Math.cos(angle) - b * Math.sin(angle));
        out[second] = (float) (b * Math.cos(angle) + a * Math.sin(angle));
      }
    }
    return ops.tensor(x.shape(), out);
  }
}
