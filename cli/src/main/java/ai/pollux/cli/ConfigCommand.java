package ai.pollux.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code pollux config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks the settings of pollux serve and prints those that are not defaults, as YAML.",
      "Flags of serve may follow. A flag goes before the environment (POLLUX_LOG_FORMAT for --log-format), this before the file (log-format: json), this before the default."
    },
    footer = {
      "",
      "Example: pollux config --explain",
      "         pollux config --port 9000 > pollux.yaml"
    })
final class ConfigCommand implements Callable<Integer> {
  /** Flags whose values nobody is shown. */
  private static final List<String> SECRETS = List.of("KEY", "SECRET", "PASSWORD", "TOKEN");

  private static final String DEFAULT = "default";

  private static final Pattern PASSWORD =
      Pattern.compile("(?<=://[^:/@]{0,99}:)[^@/]*(?=@)|(?<=password=)[^&]*");

  private final CommandLine serve;
  private final Settings settings;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--explain",
      description = "Print all settings with their values, and where these come from.")
  boolean explains;

  @Unmatched List<String> flags = new ArrayList<>();

  ConfigCommand(CommandLine serve, Settings settings) {
    this.serve = serve;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    serve.setErr(spec.commandLine().getErr());
    ParseResult parsed = serve.parseArgs(flags.toArray(String[]::new));
    settings.require(serve.getCommandSpec());
    PrintWriter out = spec.commandLine().getOut();
    for (OptionSpec option : Settings.all(serve.getCommandSpec())) {
      Settings.Setting setting = setting(option, parsed);
      String value = isSecret(option) && !setting.value().isEmpty() ? "****" : masked(setting);
      if (explains) {
        out.printf("%-18s %-28s %s%n", Settings.key(option), value, setting.source());
      } else if (!setting.source().equals(DEFAULT)) {
        out.printf("%s: %s%n", Settings.key(option), quoted(value));
      }
    }
    out.flush();
    return 0;
  }

  private Settings.Setting setting(OptionSpec option, ParseResult parsed) {
    if (parsed.hasMatchedOption(option)) {
      String value =
          String.join(",", parsed.matchedOption(option.longestName()).originalStringValues());
      return new Settings.Setting(value.isEmpty() ? "true" : value, "flag " + option.longestName());
    }
    return settings
        .find(option)
        .orElseGet(() -> {
          String value = option.defaultValueString(true);
          return new Settings.Setting(
              value.equals("null") || value.equals("[]") ? "" : value, DEFAULT);
        });
  }

  private static boolean isSecret(OptionSpec option) {
    return SECRETS.contains(option.paramLabel());
  }

  private static String masked(Settings.Setting setting) {
    return PASSWORD.matcher(setting.value()).replaceAll("****");
  }

  private static String quoted(String value) {
    return value.matches("[\\w./-]+") ? value : "'" + value.replace("'", "''") + "'";
  }
}
