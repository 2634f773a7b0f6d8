package ai.pollux.model.loading;

import ai.pollux.model.LanguageModel;

/** A family whose models have smaller ones inside. */
public interface MatFormer extends Family {
  /**
   * Builds the part of the model that a slice takes.
   *
   * @param settings the part of the configuration that is about text
   * @throws ModelException if a setting, a weight or the slice is not what the family needs
   */
  LanguageModel build(Settings settings, Weights weights, ModelSlice slice);
}
