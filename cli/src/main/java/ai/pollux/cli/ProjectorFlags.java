package ai.pollux.cli;

import ai.pollux.assistant.convert.Conversions.ProjectorTarget;
import ai.pollux.model.convert.ProjectorRecipe;
import ai.pollux.model.convert.Recipe;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where what sees and hears in a folder goes. */
final class ProjectorFlags {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--mmproj",
      paramLabel = "FILE",
      description =
          "The .gguf for what sees and hears in a folder. Default: mmproj- before TARGET's name.")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--mmproj-type",
      paramLabel = "TYPE",
      description = "f32, f16, bf16 or q8_0. Default: as --type; bf16 where that has fewer bits.")
  Optional<String> type = Optional.empty();

  @Option(names = "--no-mmproj", description = "Leave out what sees and hears.")
  boolean isLeftOut;

  /** Where it goes, beside a decoder that is written to {@code target}. */
  Optional<ProjectorTarget> of(Path target, Recipe recipe) {
    if (isLeftOut) {
      return Optional.empty();
    }
    ProjectorTarget usual = ProjectorTarget.beside(target, recipe);
    return Optional.of(
        new ProjectorTarget(
            file.orElse(usual.file()), type.map(this::named).orElse(usual.recipe())));
  }

  private ProjectorRecipe named(String name) {
    try {
      return ProjectorRecipe.named(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--mmproj-type: expected one of %s, found %s"
              .formatted("f32, f16, bf16, q8_0", name.toLowerCase(Locale.ROOT)),
          e);
    }
  }
}
