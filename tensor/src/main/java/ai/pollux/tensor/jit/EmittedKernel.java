package ai.pollux.tensor.jit;

import java.util.List;

/**
 * A kernel for one format: the products of one to {@value Rows#MOST} rows of inputs with tiles of a
 * packed weight. It runs until the {@link EmittedKernels} that made it are closed.
 */
public final class EmittedKernel {
  private final List<MachineCode> byRows;

  EmittedKernel(List<MachineCode> byRows) {
    this.byRows = byRows;
  }

  /** How many rows of inputs it takes at once. */
  public int mostRows() {
    return byRows.size();
  }

  /**
   * y[r, o] = Σᵢ x[r, i] · w[o, i] for {@code rows} rows, and o in {@code tiles} tiles of 64.
   *
   * @param weights the address of the first tile; the others follow
   * @param tiles at least 1
   * @param inputs a whole number of the format's blocks, at least one
   * @param x the address of the rows of inputs, one after the other
   * @param y the address of the first row's outputs; all 64 of each tile are written
   * @param yBytes from one row of outputs to the next
   */
  public void run(int rows, long weights, int tiles, int inputs, long x, long y, long yBytes) {
    byRows.get(rows - 1).call(weights, tiles, inputs, x, y, yBytes);
  }
}
