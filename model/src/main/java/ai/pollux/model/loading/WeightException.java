package ai.pollux.model.loading;

/** A weight that is absent, of the wrong shape, or not known to the family. */
public final class WeightException extends ModelException {
  private static final long serialVersionUID = 1;

  private final String weight;

  /**
   * @param weight the weight's name in our words, or the tensor's in the file if we have none
   */
  public WeightException(String weight, String problem) {
    super(weight + ": " + problem);
    this.weight = weight;
  }

  /** Which weight. */
  public String weight() {
    return weight;
  }
}
