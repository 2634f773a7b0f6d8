package ai.pollux.model.families;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.gemma3.Gemma3;
import ai.pollux.model.gemma3n.Gemma3n;
import ai.pollux.model.gemma4.Gemma4;
import ai.pollux.model.llama.Llama;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Progress;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.qwen3.Qwen3;
import ai.pollux.tensor.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Loads models of every family Pollux knows. */
public final class Models {
  /** Every family. */
  public static final List<Family> FAMILIES =
      List.of(new Llama(), new Qwen3(), new Gemma3(), new Gemma3n(), new Gemma4());

  private Models() {}

  /**
   * Opens the files of a model: what {@link Checkpoints#open} opens, joined with the projector that
   * lies beside it ({@code mmproj….gguf} in the same folder), if that was made for it.
   *
   * @throws ModelException if several were
   */
  public static Checkpoint open(Path path) {
    Checkpoint model = Checkpoints.open(path);
    return closing(
        model,
        () ->
            Projectors.beside(model)
                .map(file -> Checkpoints.join(model, Projectors.open(file)))
                .orElse(model));
  }

  /**
   * Opens the files of a model whose encoders are in a file that someone named.
   *
   * @throws ModelException if that is no projector
   */
  public static Checkpoint open(Path path, Path projector) {
    Checkpoint model = Checkpoints.open(path);
    return closing(model, () -> Checkpoints.join(model, Projectors.open(projector)));
  }

  /** The result of work that owns a checkpoint from its success on; without success closes it. */
  private static <T> T closing(Checkpoint checkpoint, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /**
   * Opens and loads a model; closing the model closes its files.
   *
   * @param path a file or folder that {@link #open(Path)} reads
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static LanguageModel load(Path path, Backend backend, Progress progress) {
    return load(path, backend, progress, ModelSlice.WHOLE);
  }

  /**
   * The same of the part of the model that a slice takes.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows, or the slice does
   *     not fit it
   */
  public static LanguageModel load(
      Path path, Backend backend, Progress progress, ModelSlice slice) {
    Checkpoint checkpoint = open(path);
    return closing(checkpoint, () -> load(checkpoint, backend, progress, slice));
  }

  /**
   * Loads a model from an open checkpoint, which the model then owns: closing the model closes it.
   * All weights are checked before the first is packed.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static LanguageModel load(Checkpoint checkpoint, Backend backend, Progress progress) {
    return load(checkpoint, backend, progress, ModelSlice.WHOLE);
  }

  /**
   * The same of the part of the model that a slice takes.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows, or the slice does
   *     not fit it
   */
  public static LanguageModel load(
      Checkpoint checkpoint, Backend backend, Progress progress, ModelSlice slice) {
    Source source = Source.of(checkpoint);
    long total = source.check(checkpoint, slice).weightBytes();
    NameTable names = source.names();
    return source.build(Weights.loading(checkpoint, names, backend, progress, total), slice);
  }

  /**
   * What a model is and what it will take, without loading it: only headers, settings and a few
   * small vectors are read.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static ModelInfo inspect(Checkpoint checkpoint) {
    return inspect(checkpoint, ModelSlice.WHOLE);
  }

  /**
   * The same of the part of the model that a slice takes.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows, or the slice does
   *     not fit it
   */
  public static ModelInfo inspect(Checkpoint checkpoint, ModelSlice slice) {
    return Source.of(checkpoint).check(checkpoint, slice);
  }
}
