package ai.pollux.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux quantize}: a model with its matrices in fewer bits. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a GGUF with its matrices in fewer bits; norms and routers stay.",
      "If it is stopped, the same command goes on."
    },
    footer = {
      "",
      "bits per weight: q8_0 8.5, q6_k 6.6, q4_k_m 4.9, q4_k and q4_0 4.5.",
      "",
      "Example: pollux quantize gemma-3-1b-it gemma-3-1b-it-q4_k_m.gguf --type q4_k_m"
    })
final class QuantizeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A Hugging Face folder, a .gguf (of a projector too), or a name as for pull; best in 16 bits or more.",
      converter = ModelPath.class)
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "The .gguf to write.")
  Path target = Path.of("");

  @Option(
      names = "--type",
      defaultValue = "q4_k_m",
      description = "q8_0, q6_k, q4_k_m, q4_k, q4_0, bf16, f16 or f32. Default: q4_k_m.")
  String type = "q4_k_m";

  @Mixin ProjectorFlags projector = new ProjectorFlags();

  @Option(names = "--force", description = "Replace what has that name.")
  boolean force;

  @Override
  public Integer call() {
    try (ConversionProgress progress =
        new ConversionProgress("quantizing", spec.commandLine().getErr())) {
      ConvertCommand.toGguf(
          spec, model, target, ConvertCommand.recipe(spec, type), projector, force, progress);
    }
    return 0;
  }
}
