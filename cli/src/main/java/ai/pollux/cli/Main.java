package ai.pollux.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** {@code pollux}: Gemini, on your own machine. */
@Command(
    name = "pollux",
    mixinStandardHelpOptions = true,
    version = "pollux 0.1.0",
    description = "Runs open models on this machine and answers the Gemini API.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      RunCommand.class,
      ChatCommand.class,
      GenerateCommand.class,
      InspectCommand.class,
      BenchCommand.class,
      TokenizeCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "MODEL is a Hugging Face folder, a .gguf file, or a llama2.c .bin file.",
      "Two more belong to the launcher: ./pollux test, ./pollux build.",
      "",
      "Exit codes: 0 done, 1 failed (the message says why), 2 wrong usage."
    })
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /**
   * The commands, with errors as messages: what a user did wrong is never shown as a stack trace.
   */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))
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

  private static int wrongUsage(ParameterException exception, String[] arguments) {
    PrintWriter err = exception.getCommandLine().getErr();
    err.println("pollux: " + exception.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
    err.println("Help: pollux " + path(exception.getCommandLine()) + "--help");
    return 2;
  }

  private static String path(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? "" : path(parent) + command.getCommandName() + " ";
  }
}
