package ai.pollux.assistant;

import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.model.loading.ModelSlice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a model is, and how it is to be run.
 *
 * @param model a Hugging Face folder, a GGUF file, or a llama2.c checkpoint
 * @param projector a GGUF file of encoders; where it is absent, the one beside a GGUF model is
 *     taken, if there is one
 * @param tokenizer a tokenizer that is used in place of the model's own
 * @param name what the model is called from outside
 * @param engine changes the engine's options from what suits the model
 * @param availableBytes the memory that the model may take; it is refused before it is loaded where
 *     that is too little
 * @param slice which part of it to load
 * @param sampling changes how tokens are picked where a request says nothing from what the model's
 *     files say
 */
public record ModelSource(
    Path model,
    Optional<Path> projector,
    Optional<Path> tokenizer,
    String name,
    UnaryOperator<EngineOptions> engine,
    long availableBytes,
    ModelSlice slice,
    UnaryOperator<Sampling> sampling) {

  /** The whole of a model, with the encoders that lie beside it. */
  public ModelSource(
      Path model,
      Optional<Path> tokenizer,
      String name,
      UnaryOperator<EngineOptions> engine,
      long availableBytes) {
    this(
        model,
        Optional.empty(),
        tokenizer,
        name,
        engine,
        availableBytes,
        ModelSlice.WHOLE,
        UnaryOperator.identity());
  }

  /** The same model, of which a part is loaded. */
  public ModelSource sliced(ModelSlice part) {
    return new ModelSource(
        model, projector, tokenizer, name, engine, availableBytes, part, sampling);
  }

  /** The same model, with the encoders of a file. */
  public ModelSource withProjector(Path file) {
    return new ModelSource(
        model, Optional.of(file), tokenizer, name, engine, availableBytes, slice, sampling);
  }

  /** The same model, whose tokens are picked in another way where a request says nothing. */
  public ModelSource withSampling(UnaryOperator<Sampling> change) {
    return new ModelSource(
        model, projector, tokenizer, name, engine, availableBytes, slice, change);
  }

  /** A model as it is, called by its file's or folder's name. */
  public static ModelSource of(Path model, long availableBytes) {
    return new ModelSource(
        model, Optional.empty(), nameOf(model), UnaryOperator.identity(), availableBytes);
  }

  /**
   * The name of a file or folder without {@code .gguf} or {@code .bin}, in the letters that model
   * ids have.
   */
  public static String nameOf(Path model) {
    String name = model.toAbsolutePath().normalize().getFileName().toString();
    return name.replaceFirst("\\.(gguf|bin|safetensors)$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
