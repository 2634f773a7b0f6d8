package ai.pollux.model.families;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.gemma3.Gemma3;
import ai.pollux.model.gemma4.Gemma4;
import ai.pollux.model.llama.Llama;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.Progress;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.qwen3.Qwen3;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Loads models of every family Pollux knows. */
public final class Models {
  /** Every family. */
  public static final List<Family> FAMILIES =
      List.of(new Llama(), new Qwen3(), new Gemma3(), new Gemma4());

  private Models() {}

  /**
   * Opens and loads a model; closing the model closes its files.
   *
   * @param path a file or folder that {@link Checkpoints#open} reads
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static LanguageModel load(Path path, Backend backend, Progress progress) {
    Checkpoint checkpoint = Checkpoints.open(path);
    try {
      return load(checkpoint, backend, progress);
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /**
   * Loads a model from an open checkpoint, which the model then owns: closing the model closes it.
   * All weights are checked before the first is packed.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static LanguageModel load(Checkpoint checkpoint, Backend backend, Progress progress) {
    long total = inspect(checkpoint).weightBytes();
    return build(checkpoint, backend, progress, total);
  }

  /**
   * What a model is and what it will take, without loading it: only headers, settings and a few
   * small vectors are read.
   *
   * @throws ModelException if it is not a whole model of a family Pollux knows
   */
  public static ModelInfo inspect(Checkpoint checkpoint) {
    try (Backend reader = new ReferenceBackend()) {
      return build(checkpoint, reader, Progress.NONE, 0).info();
    }
  }

  private static LanguageModel build(
      Checkpoint checkpoint, Backend backend, Progress progress, long total) {
    Source source =
        switch (checkpoint.kind()) {
          case SAFETENSORS -> huggingFace(checkpoint);
          case GGUF, LLAMA2C -> gguf(checkpoint);
        };
    Format format = source.settings().format();
    Weights weights =
        new Weights(checkpoint, source.family().names(format), backend, progress, total);
    return source.family().build(source.settings(), weights);
  }

  /** A family, and the settings of its text model. */
  private record Source(Family family, Settings settings) {}

  private static Source huggingFace(Checkpoint checkpoint) {
    Path file =
        checkpoint
            .companion("config.json")
            .orElseThrow(() ->
                new ModelException(
                    "%s has no config.json beside it. Put the model's config.json into its folder"
                        .formatted(checkpoint.path().getFileName())));
    Settings settings = Settings.ofJson(file);
    Family family = ofModelType(settings);
    return new Source(
        family, settings.has("text_config") ? settings.section("text_config") : settings);
  }

  private static Family ofModelType(Settings settings) {
    String type = settings.text("model_type");
    Set<String> known =
        FAMILIES.stream()
            .flatMap(family -> family.modelTypes().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return FAMILIES.stream()
        .filter(family -> family.modelTypes().contains(type))
        .findFirst()
        .orElseThrow(() -> settings.wrong("model_type", "one of " + String.join(", ", known)));
  }

  private static Source gguf(Checkpoint checkpoint) {
    String file = String.valueOf(checkpoint.path().getFileName());
    String name =
        checkpoint
            .metadata()
            .text("general.architecture")
            .orElseThrow(
                () -> new ModelException(file + ": its metadata lacks general.architecture"));
    List<String> known = FAMILIES.stream().map(Family::name).sorted().toList();
    Family family =
        FAMILIES.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new ModelException(
                    "%s: general.architecture: expected one of %s, found \"%s\""
                        .formatted(file, String.join(", ", known), name)));
    return new Source(family, Settings.ofGguf(file, checkpoint.metadata(), name));
  }
}
