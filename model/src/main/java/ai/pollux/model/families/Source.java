package ai.pollux.model.families;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.MatFormer;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint is.
 *
 * @param family which of those Pollux knows
 * @param settings those of its text model; {@link Settings#whole} has the others
 */
public record Source(Family family, Settings settings) {
  /**
   * That of a checkpoint.
   *
   * @throws ModelException if it is of no family that Pollux knows
   */
  public static Source of(Checkpoint checkpoint) {
    return switch (checkpoint.kind()) {
      case SAFETENSORS -> ofHuggingFace(checkpoint);
      case GGUF, LLAMA2C -> ofGguf(checkpoint);
    };
  }

  /** How the file spells the family's weights. */
  public NameTable names() {
    return family.names(settings.format());
  }

  LanguageModel build(Weights weights, ModelSlice slice) {
    if (slice.equals(ModelSlice.WHOLE)) {
      return family.build(settings, weights);
    }
    if (family instanceof MatFormer nested) {
      return nested.build(settings, weights, slice);
    }
    throw new ModelException(
        "%s: the slice %s: only models of gemma3n have smaller ones inside, found %s"
            .formatted(settings.file(), slice, family.name()));
  }

  /** Builds the model of weights that stay where they are. */
  ModelInfo check(Checkpoint checkpoint, ModelSlice slice) {
    return build(Weights.checking(checkpoint, names()), slice).info();
  }

  private static Source ofHuggingFace(Checkpoint checkpoint) {
    Path file =
        checkpoint
            .companion("config.json")
            .orElseThrow(() ->
                new ModelException(
                    "%s has no config.json beside it. Put the model's config.json into its folder"
                        .formatted(checkpoint.path().getFileName())));
    Settings settings = Settings.ofJson(file);
    if (settings.has("quantization_config")) {
      throw settings.wrong(
          "quantization_config", "nothing: only GGUF files may hold quantized weights");
    }
    String type = settings.text("model_type");
    Optional<Family> family =
        Models.FAMILIES.stream().filter(each -> each.modelTypes().contains(type)).findFirst();
    List<String> known =
        Models.FAMILIES.stream().flatMap(each -> each.modelTypes().stream()).sorted().toList();
    return new Source(
        family.orElseThrow(
            () -> settings.wrong("model_type", "one of " + String.join(", ", known))),
        settings.has("text_config") ? settings.section("text_config") : settings);
  }

  private static Source ofGguf(Checkpoint checkpoint) {
    String file = checkpoint.fileName();
    String name = checkpoint.metadata().text("general.architecture").orElse("");
    if (name.equals("clip")) {
      throw new ModelException(
          "%s holds encoders alone. Name the decoder's file, and this one with --mmproj"
              .formatted(file));
    }
    Optional<Family> family =
        Models.FAMILIES.stream().filter(each -> each.name().equals(name)).findFirst();
    List<String> known = Models.FAMILIES.stream().map(Family::name).sorted().toList();
    return new Source(
        family.orElseThrow(() ->
            new ModelException(
                "%s: general.architecture: expected one of %s, found \"%s\""
                    .formatted(file, String.join(", ", known), name))),
        Settings.ofGguf(file, checkpoint.metadata(), name));
  }
}
