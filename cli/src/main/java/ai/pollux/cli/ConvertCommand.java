package ai.pollux.cli;

import ai.pollux.assistant.convert.Conversions;
import ai.pollux.model.convert.Recipe;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux convert}: a Hugging Face folder as one GGUF, or as one folder of another type. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a model in another file format: weights, vocabulary and chat template.",
      "TARGET ending in .gguf is one file that llama.cpp reads too; any other is a folder of safetensors."
    },
    footer = {"", "Example: pollux convert gemma-3-1b-it gemma-3-1b-it.gguf --type bf16"})
final class ConvertCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The Hugging Face folder.")
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "The file or folder to write.")
  Path target = Path.of("");

  @Option(
      names = "--type",
      defaultValue = "bf16",
      description = "f32, f16 or bf16; for a .gguf also those of quantize. Default: bf16.")
  String type = "bf16";

  @Option(names = "--force", description = "Replace what has that name.")
  boolean force;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean toGguf = target.toString().toLowerCase(Locale.ROOT).endsWith(".gguf");
    Path file = toGguf ? target : target.resolve("model.safetensors");
    tellOfLeftovers(spec, file);
    try (ProgressBar bar = new ProgressBar("converting")) {
      if (toGguf) {
        Conversions.toGguf(model, target, recipe(spec, type), force, bar::update);
      } else {
        Conversions.toSafetensors(model, target, plain(), force, bar::update);
      }
    }
    report(out, file);
    return 0;
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

  /** Says that what an earlier run left is of no use. */
  static void tellOfLeftovers(CommandSpec spec, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (Files.exists(part)) {
      spec.commandLine()
          .getErr()
          .println("pollux: %s of an earlier run is thrown away; starting again".formatted(part));
    }
  }

  static void report(PrintWriter out, Path file) {
    try {
      out.printf("%s  %s%n", file, Units.bytes(Files.size(file)));
    } catch (IOException e) {
      out.println(file);
    }
    out.flush();
  }
}
