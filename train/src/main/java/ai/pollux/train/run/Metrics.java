package ai.pollux.train.run;

import java.util.Map;

/**
 * What is known of a step: one line of {@code metrics.jsonl}.
 *
 * @param step from 1
 * @param tokens trained on so far
 * @param stage of the mixture
 * @param loss mean over the tokens that are learned, in nats
 * @param gradientNorm before clipping
 * @param learningRate of the step
 * @param tokensPerSecond since the line before
 * @param shareOfPeak arithmetic done, over what the machine's matrix products reach
 * @param skipped steps that were not taken so far
 * @param validation mean loss on held-out samples by source; empty where none was measured
 */
public record Metrics(
    long step,
    long tokens,
    String stage,
    double loss,
    double gradientNorm,
    double learningRate,
    double tokensPerSecond,
    double shareOfPeak,
    long skipped,
    Map<String, Double> validation) {
  /** Copies the map. */
  public Metrics {
    validation = Map.copyOf(validation);
  }
}
