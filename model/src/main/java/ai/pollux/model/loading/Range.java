package ai.pollux.model.loading;

/**
 * Some rows or columns, one after the other.
 *
 * @param from the first
 * @param count how many
 */
public record Range(int from, int count) {
  /** One past the last. */
  public int end() {
    return from + count;
  }
}
