package ai.pollux.cli;

import ai.pollux.assistant.convert.Conversions;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.convert.Recipe;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux convert}: a model as GGUF, or as a Hugging Face folder. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a model in another file format: weights, vocabulary and chat template.",
      "TARGET ending in .gguf is a file that llama.cpp reads too, with what sees and hears beside it",
      "in mmproj-TARGET; any other is a folder of safetensors. If it is stopped, the same command goes on."
    },
    footer = {
      "",
      "Example: pollux convert gemma-3-1b-it gemma-3-1b-it.gguf --type bf16",
      "         pollux convert gemma-3-1b-it.gguf gemma-3-1b-it --type bf16"
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A Hugging Face folder, a .gguf, or a name as for pull.",
      converter = ModelPath.class)
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "The file or folder to write.")
  Path target = Path.of("");

  @Option(
      names = "--type",
      defaultValue = "bf16",
      description = "f32, f16 or bf16; for a .gguf also those of quantize. Default: bf16.")
  String type = "bf16";

  @Mixin ProjectorFlags projector = new ProjectorFlags();

  @Option(names = "--force", description = "Replace what has that name.")
  boolean force;

  @Override
  public Integer call() {
    try (ConversionProgress progress =
        new ConversionProgress("converting", spec.commandLine().getErr())) {
      if (target.toString().toLowerCase(Locale.ROOT).endsWith(".gguf")) {
        toGguf(spec, model, target, recipe(spec, type), projector, force, progress);
      } else {
        report(spec, Conversions.toSafetensors(model, target, plain(), force, progress));
        tellOfProjector();
      }
    }
    return 0;
  }

  static void toGguf(
      CommandSpec spec,
      Path model,
      Path target,
      Recipe recipe,
      ProjectorFlags projector,
      boolean force,
      ConversionProgress progress) {
    List<Path> files =
        Conversions.toGguf(model, target, recipe, projector.of(target, recipe), force, progress);
    files.forEach(file -> report(spec, file));
  }

  /** Says that a folder made of a GGUF holds the decoder alone. */
  private void tellOfProjector() {
    try (Checkpoint whole = Models.open(model)) {
      if (whole.kind() == Checkpoint.Kind.GGUF && !Models.inspect(whole).media().isEmpty()) {
        spec.commandLine()
            .getErr()
            .println(
                "pollux: what sees and hears is left out: it stays in the projector beside %s"
                    .formatted(model));
      }
    }
  }

  private BlockFormat plain() {
    return Formats.named(type.toUpperCase(Locale.ROOT))
        .filter(format -> format.blockSize() == 1)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--type: expected f32, f16 or bf16 for safetensors, found " + type));
  }

  static Recipe recipe(CommandSpec spec, String type) {
    try {
      return Recipe.named(type);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--type: expected one of f32, f16, bf16, q8_0, q6_k, q4_k_m, q4_k, q4_0, found " + type,
          e);
    }
  }

  private static void report(CommandSpec spec, Path file) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.printf("%s  %s%n", file, Units.bytes(Files.size(file)));
    } catch (IOException e) {
      out.println(file);
    }
    out.flush();
  }
}
