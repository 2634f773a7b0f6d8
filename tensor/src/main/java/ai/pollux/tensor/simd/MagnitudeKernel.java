package ai.pollux.tensor.simd;

/** x · √mean(like²) / √max(mean(x²), ε), row by row. */
final class MagnitudeKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long like;
  private long out;
  private int width;
  private float epsilon;

  MagnitudeKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, SimdTensor model, float small, SimdTensor result) {
    x = input.address();
    like = model.address();
    out = result.address();
    width = input.size(-1);
    epsilon = small;
    split.rows(this, width == 0 ? 0 : input.elements() / width, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long at = 4L * row * width;
      double wanted = Math.sqrt((double) VectorMath.squares(like + at, width) / width);
      double found = (double) VectorMath.squares(x + at, width) / width;
      float factor = (float) (wanted / Math.sqrt(Math.max(found, epsilon)));
      RmsNormKernel.scale(x + at, factor, out + at, width);
    }
  }
}
