package ai.pollux.train.data.batch;

import java.util.Map;

/**
 * A step's data.
 *
 * @param stage the name of the stage it belongs to
 * @param epochs how often each source was gone through by now, as a fraction
 * @param next the state from which the step after this one is made: what a checkpoint that was
 *     taken after this step has to keep
 */
public record LoadedBatch(
    Batch batch, String stage, Map<String, Double> epochs, LoaderState next) {}
