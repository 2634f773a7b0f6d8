package ai.pollux.engine;

import ai.pollux.model.ModelInfo;

/**
 * What a model will take in memory, known before its weights are touched.
 *
 * @param model its sizes
 * @param options the engine's
 * @param availableBytes what the machine, or its container, has for us
 */
public record MemoryPlan(ModelInfo model, EngineOptions options, long availableBytes) {
  /** The weights as stored. */
  public long weightBytes() {
    return model.weightBytes();
  }

  /** Keys and values. */
  public long cacheBytes() {
    return 0;
  }

  /** An estimate of a step's activations and scores, and of the JVM itself. */
  public long workspaceBytes() {
    return 250L << 20;
  }

  /** All of it. */
  public long neededBytes() {
    return weightBytes() + cacheBytes() + workspaceBytes();
  }

  /** Whether it fits. */
  public boolean fits() {
    return neededBytes() <= availableBytes;
  }

  /**
   * Goes on only if it fits.
   *
   * @throws MemoryPlanException if not, with what would fit
   */
  public void require() {
    if (!fits()) {
      throw new MemoryPlanException(
          "needs %d bytes, %d are available".formatted(neededBytes(), availableBytes));
    }
  }
}
