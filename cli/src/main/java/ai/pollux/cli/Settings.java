package ai.pollux.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What holds for flags that are not given: the environment ({@code --log-format} is {@code
 * POLLUX_LOG_FORMAT}), then a file ({@code log-format: json}), then the flag's own default.
 */
final class Settings implements IDefaultValueProvider {
  /** The file that is read where it is there and none is named. */
  static final String FILE = "pollux.yaml";

  private static final String FLAG = "--config";
  private static final String VARIABLE = "POLLUX_CONFIG";

  /** Flags that ask for something else than a setting. */
  private static final List<String> NO_SETTINGS = List.of("help", "version", "config");

  private final Map<String, String> environment;
  private final Optional<SettingsFile> file;

  /** Why there are no settings; empty where there are. */
  private final String failure;

  private Settings(Map<String, String> environment, Optional<SettingsFile> file, String failure) {
    this.environment = environment;
    this.file = file;
    this.failure = failure;
  }

  /** A value and where it comes from, for people. */
  record Setting(String value, String source) {}

  /**
   * As a command's arguments, the environment and the folder say. A file that cannot be read is
   * told by {@link #require}: there is nobody yet to whom it could be told here.
   */
  static Settings of(List<String> arguments, Map<String, String> environment, Path folder) {
    try {
      return new Settings(
          environment, file(arguments, environment, folder).map(SettingsFile::read), "");
    } catch (RuntimeException e) {
      return new Settings(environment, Optional.empty(), Failure.message(e));
    }
  }

  private static Optional<Path> file(
      List<String> arguments, Map<String, String> environment, Path folder) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(FLAG + "=")) {
        return Optional.of(Path.of(argument.substring(FLAG.length() + 1)));
      }
      if (argument.equals(FLAG) && i + 1 < arguments.size()) {
        return Optional.of(Path.of(arguments.get(i + 1)));
      }
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Optional.of(folder.resolve(FILE)).filter(Files::exists);
  }

  /** All flags of a command that are settings. */
  static List<OptionSpec> all(CommandSpec command) {
    return command.options().stream().filter(option -> !NO_SETTINGS.contains(key(option))).toList();
  }

  /** What a flag is called in a file. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /** What a flag is called in the environment. */
  static String variable(OptionSpec option) {
    return "POLLUX_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * Checks what the file says.
   *
   * @throws ParameterException if it could not be read, or has a key that no flag of the command
   *     has
   */
  void require(CommandSpec command) {
    if (!failure.isEmpty()) {
      throw new ParameterException(command.commandLine(), failure);
    }
    try {
      file.ifPresent(read -> read.require(all(command).stream().map(Settings::key).toList()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), Failure.message(e), e);
    }
  }

  /** What environment or file say of a flag. */
  Optional<Setting> find(OptionSpec option) {
    if (NO_SETTINGS.contains(key(option))) {
      return Optional.empty();
    }
    String variable = variable(option);
    String value = environment.getOrDefault(variable, "");
    if (!value.isBlank()) {
      return Optional.of(new Setting(value, variable));
    }
    return file.flatMap(read ->
        Optional.ofNullable(read.entries().get(key(option)))
            .map(entry ->
                new Setting(entry.value(), "%s, line %d".formatted(read.name(), entry.line()))));
  }

  /** The same for a command that has flags of these names in common with {@code serve}. */
  IDefaultValueProvider only(String... keys) {
    return argument ->
        argument instanceof OptionSpec option && List.of(keys).contains(key(option))
            ? defaultValue(argument)
            : null;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? find(option).map(Setting::value).orElse(null)
        : null;
  }
}
