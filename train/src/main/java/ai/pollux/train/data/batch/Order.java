package ai.pollux.train.data.batch;

/**
 * The samples of a source in the order of one epoch. Runs of neighbours stay together: runs change
 * places, and samples within their run; what is left over behind the last whole run comes last.
 *
 * @param size samples
 * @param run neighbours that stay together
 */
record Order(long size, int run, long seed) {
  /** The sample in place {@code i}. */
  long at(long i) {
    if (run <= 1) {
      return new Permutation(size, seed).at(i);
    }
    long runs = size / run;
    long whole = runs * run;
    if (i >= whole) {
      return whole + new Permutation(size - whole, seed).at(i - whole);
    }
    long block = new Permutation(runs, seed).at(i / run);
    return block * run + new Permutation(run, seed ^ Permutation.mix(block)).at(i % run);
  }
}
