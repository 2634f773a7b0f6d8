package ai.pollux.model.loading;

import ai.pollux.model.LanguageModel;
import java.util.Set;

/** One kind of model: what its checkpoints call themselves, and how to build it from one. */
public interface Family {
  /** The architecture as GGUF spells it, like {@code llama}. */
  String name();

  /** The values of {@code model_type} in {@code config.json} that mean this family. */
  Set<String> modelTypes();

  /** The values of {@code projector_type} in a GGUF projector that mean encoders of this family. */
  default Set<String> projectors() {
    return Set.of();
  }

  /** How a format spells the family's weights. */
  NameTable names(Format format);

  /**
   * Builds the model.
   *
   * @param settings the part of the configuration that is about text; {@link Settings#whole} has
   *     the others
   * @throws ModelException if a setting or a weight is not what the family needs
   */
  LanguageModel build(Settings settings, Weights weights);
}
