package ai.pollux.cli;

import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.Limits;
import ai.pollux.server.state.Role;
import ai.pollux.server.state.ServerState;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux keys}: the API keys of a server, which may be running meanwhile. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes, lists and revokes the API keys of a server.",
    subcommands = {KeysCommand.Create.class, KeysCommand.ListKeys.class, KeysCommand.Revoke.class},
    footer = {
      "",
      "Once there is a key every request must carry one.",
      "Example: pollux keys create --name CI --requests-per-minute 60"
    })
final class KeysCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected create, list or revoke");
  }

  private static ServerState open(StateFlags flags) {
    return ServerState.open(flags.urlOrFile(), Clock.systemUTC());
  }

  private static Map<String, Object> report(ApiKey key) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("id", key.id());
    report.put("project", key.project());
    report.put("name", key.name());
    report.put("role", key.role().name());
    report.put("hint", key.hint());
    report.put("created", key.created().toString());
    key.revoked().ifPresent(revoked -> report.put("revoked", revoked.toString()));
    put(report, "requestsPerMinute", key.limits().requestsPerMinute());
    put(report, "requestsPerDay", key.limits().requestsPerDay());
    put(report, "tokensPerMinute", key.limits().tokensPerMinute());
    put(report, "tokensPerDay", key.limits().tokensPerDay());
    put(report, "concurrentRequests", key.limits().concurrentRequests());
    return report;
  }

  private static void put(Map<String, Object> report, String name, OptionalLong value) {
    value.ifPresent(limit -> report.put(name, limit));
  }

  /** {@code pollux keys create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Makes a key and prints it, this once: only its hash is kept.")
  static final class Create implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--name", paramLabel = "NAME", description = "What it is for.")
    String name = "";

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        defaultValue = "default",
        description =
            "Whose files, caches and batches it sees (default: ${DEFAULT-VALUE}); made where there is none.")
    String project = "default";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        defaultValue = "DEVELOPER",
        description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Role role = Role.DEVELOPER;

    @Option(names = "--requests-per-minute", paramLabel = "N", description = "At most.")
    @Nullable Long requestsPerMinute;

    @Option(names = "--requests-per-day", paramLabel = "N", description = "At most.")
    @Nullable Long requestsPerDay;

    @Option(names = "--tokens-per-minute", paramLabel = "N", description = "At most.")
    @Nullable Long tokensPerMinute;

    @Option(names = "--tokens-per-day", paramLabel = "N", description = "At most.")
    @Nullable Long tokensPerDay;

    @Option(names = "--concurrent-requests", paramLabel = "N", description = "At most.")
    @Nullable Long concurrentRequests;

    @Option(names = "--json", description = "One JSON object with the key and its secret.")
    boolean json;

    @Mixin StateFlags flags = new StateFlags();

    @Override
    public Integer call() {
      Limits limits =
          new Limits(
              limit("--requests-per-minute", requestsPerMinute),
              limit("--requests-per-day", requestsPerDay),
              limit("--tokens-per-minute", tokensPerMinute),
              limit("--tokens-per-day", tokensPerDay),
              limit("--concurrent-requests", concurrentRequests));
      try (ServerState state = open(flags)) {
        ApiKey.Created created = state.keys().create(project, name, role, limits);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
          Map<String, Object> report = report(created.key());
          report.put("secret", created.secret());
          out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
          out.println(created.secret());
        }
        out.flush();
      }
      return 0;
    }

    private OptionalLong limit(String option, @Nullable Long value) {
      if (value != null && value < 1) {
        throw new ParameterException(
            spec.commandLine(), "%s: expected at least 1, found %d".formatted(option, value));
      }
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  /** {@code pollux keys list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Shows all keys, revoked ones too.")
  static final class ListKeys implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object with all keys.")
    boolean json;

    @Mixin StateFlags flags = new StateFlags();

    @Override
    public Integer call() {
      try (ServerState state = open(flags)) {
        List<ApiKey> keys = state.keys().list();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
          out.println(
              JsonMapper.shared()
                  .writeValueAsString(
                      Map.of("keys", keys.stream().map(KeysCommand::report).toList())));
        } else {
          for (ApiKey key : keys) {
            out.printf(
                "%-12s  %-16s  %-9s  %-12s  %s%s%n",
                key.id(),
                key.hint(),
                key.role(),
                key.project(),
                key.name(),
                key.revoked().isPresent() ? "  (revoked)" : "");
          }
          if (keys.isEmpty()) {
            out.println("No keys yet. Make one: pollux keys create");
          }
        }
        out.flush();
      }
      return 0;
    }
  }

  /** {@code pollux keys revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Takes a key out of force at once.")
  static final class Revoke implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The key's id, as pollux keys list shows it.")
    String id = "";

    @Mixin StateFlags flags = new StateFlags();

    @Override
    public Integer call() {
      try (ServerState state = open(flags)) {
        if (!state.keys().revoke(id)) {
          throw new ParameterException(
              spec.commandLine(),
              "no key %s is in force; pollux keys list shows those that are".formatted(id));
        }
      }
      return 0;
    }
  }
}
