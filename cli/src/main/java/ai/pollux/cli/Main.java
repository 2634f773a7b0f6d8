package ai.pollux.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code pollux}: Gemini, on your own machine. */
@Command(
    name = "pollux",
    mixinStandardHelpOptions = true,
    version = "pollux 0.1.0",
    description = "Runs open models on this machine and answers the Gemini API.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "MODEL is a Hugging Face folder, a .gguf file, a llama2.c .bin file, or the name of",
      "a model in the store: what pollux pull took, or a tier like nano.",
      "Two more belong to the launcher: ./pollux test, ./pollux build.",
      "",
      "Exit codes: 0 done, 1 failed (the message says why), 2 wrong usage."
    })
final class Main {
  /** Every command but {@code help}, in the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "run",
          "chat",
          "generate",
          "inspect",
          "convert",
          "quantize",
          "train",
          "recipes",
          "evaluate",
          "bench",
          "tokenize",
          "pull",
          "list",
          "rm",
          "keys",
          "tiers",
          "config");

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /**
   * The commands, with errors as messages: what a user did wrong is never shown as a stack trace.
   *
   * @param arguments what will be executed; where they begin with a command's name, there is only
   *     that command: picocli studies all that it has, which takes a tenth of a second of a start
   */
  static CommandLine commandLine(String... arguments) {
    return commandLine(
        Settings.of(List.of(arguments), System.getenv(), Path.of("").toAbsolutePath()), arguments);
  }

  /** The same with these settings. */
  static CommandLine commandLine(Settings settings, String... arguments) {
    boolean isOne = arguments.length > 0 && COMMANDS.contains(arguments[0]);
    CommandLine line = new CommandLine(new Main());
    for (String name : isOne ? List.of(arguments[0]) : COMMANDS) {
      line.addSubcommand(name, command(name, settings));
    }
    if (!isOne) {
      line.addSubcommand("help", new HelpCommand());
    }
    return line.setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((exception, command, parsed) -> {
          PrintWriter err = command.getErr();
          err.println("pollux: " + Failure.message(exception));
          if (Failure.isUnexpected(exception)) {
            exception.printStackTrace(err);
          }
          return 1;
        })
        .setParameterExceptionHandler(Main::wrongUsage);
  }

  private static CommandLine serve(Settings settings) {
    return new CommandLine(new ServeCommand(settings)).setDefaultValueProvider(settings);
  }

  private static Object command(String name, Settings settings) {
    return switch (name) {
      case "serve" -> serve(settings);
      case "config" -> new ConfigCommand(serve(settings), settings);
      case "run" -> new RunCommand();
      case "chat" -> new ChatCommand();
      case "generate" -> new GenerateCommand();
      case "inspect" -> new InspectCommand();
      case "convert" -> new ConvertCommand();
      case "quantize" -> new QuantizeCommand();
      case "train" -> new TrainCommand();
      case "recipes" -> new RecipesCommand();
      case "evaluate" -> new EvaluateCommand();
      case "bench" -> new BenchCommand();
      case "tokenize" -> new TokenizeCommand();
      case "pull" -> new PullCommand();
      case "list" -> new ListCommand();
      case "rm" -> new RemoveCommand();
      case "keys" ->
          new CommandLine(new KeysCommand())
              .setDefaultValueProvider(settings.only("data", "database"));
      case "tiers" -> new TiersCommand();
      default -> throw new IllegalArgumentException("no command is called " + name);
    };
  }

  private static int wrongUsage(ParameterException exception, String[] arguments) {
    PrintWriter err = exception.getCommandLine().getErr();
    err.println("pollux: " + exception.getMessage() + source(exception));
    CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
    err.println("Help: pollux " + path(exception.getCommandLine()) + "--help");
    return 2;
  }

  /** Where a wrong value was set that no flag has brought. */
  private static String source(ParameterException exception) {
    return exception.getCommandLine().getDefaultValueProvider() instanceof Settings settings
            && exception.getArgSpec() instanceof OptionSpec option
        ? settings
            .find(option)
            .filter(setting -> setting.value().equals(exception.getValue()))
            .map(setting -> " (" + setting.source() + ")")
            .orElse("")
        : "";
  }

  private static String path(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? "" : path(parent) + command.getCommandName() + " ";
  }
}
