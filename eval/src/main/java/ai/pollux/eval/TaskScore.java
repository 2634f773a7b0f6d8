package ai.pollux.eval;

/**
 * How many answers to a task's questions were right.
 *
 * @param failed answers that never came; they count as wrong
 */
public record TaskScore(String task, int questions, int right, int failed) {
  /** The standard normal deviate that 95 % lie within. */
  private static final double Z = 1.959964;

  /** The share of right answers. */
  public double accuracy() {
    return questions == 0 ? 0 : (double) right / questions;
  }

  /** The lower end of Wilson's interval of 95 % (Wilson 1927, JASA 22). */
  public double low() {
    return questions == 0 ? 0 : Math.max(0, centre() - halfWidth());
  }

  /** The upper end. */
  public double high() {
    return questions == 0 ? 1 : Math.min(1, centre() + halfWidth());
  }

  private double centre() {
    return (accuracy() + Z * Z / (2 * questions)) / (1 + Z * Z / questions);
  }

  private double halfWidth() {
    double variance = accuracy() * (1 - accuracy()) / questions;
    return Z
        * Math.sqrt(variance + Z * Z / (4.0 * questions * questions))
        / (1 + Z * Z / questions);
  }

  TaskScore plus(TaskScore other, String name) {
    return new TaskScore(
        name, questions + other.questions, right + other.right, failed + other.failed);
  }
}
