package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./pollux} in a folder that has the shape of the repository, with a JDK and a Maven that
 * are shell scripts and note how they were called.
 */
@Timeout(60)
final class LauncherIT {
  private static final String JAVA =
      """
      #!/bin/sh
      echo "java $*" >> "%1$s"
      for argument; do
        case "$argument" in
          -XX:ArchiveClassesAtExit=*) %2$s; exit ;;
          x) exit 2 ;;
        esac
      done
      """;
  private static final String WRITES_AN_ARCHIVE =
      "echo archive > \"${argument#-XX:ArchiveClassesAtExit=}\"";
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "maven in $JAVA_HOME: $*" >> "%1$s"
      mkdir -p "%2$s/cli/target/lib"
      """;

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cksum",
          "dirname",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  @TempDir Path folder;
  private Path root;
  private Path log;

  @BeforeEach
  void makeRepository() throws IOException {
    root = Files.createDirectory(folder.resolve("a repository"));
    log = folder.resolve("calls");
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.writeString(root.resolve("cli/pom.xml"), "");
    Files.writeString(root.resolve("pom.xml"), "");
    Path launcher = Path.of(System.getProperty("pollux.root"), "pollux");
    Files.copy(launcher, root.resolve("pollux"));
    assertThat(root.resolve("pollux").toFile().setExecutable(true)).isTrue();
    script(folder.resolve("maven/bin/mvn"), MAVEN.formatted(log, root));
  }

  @Test
  void withoutAJdk25ItSaysWhatToInstall() throws Exception {
    Path old = jdk("jdk-21", "21.0.9", WRITES_AN_ARCHIVE);
    Path early = jdk("jdk-25-early", "25.0.2", WRITES_AN_ARCHIVE);

    Run run = pollux(Map.of("JAVA_HOME", old.toString(), "POLLUX_JDKS", early.toString()), "serve");

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.err())
        .contains("needs a JDK 25 (25.0.3 or later)", "JAVA_HOME is " + old, "apt-get install");
    assertThat(log).doesNotExist();
  }

  @Test
  void theJdkOfJavaHomeWins() throws Exception {
    Path mine = jdk("mine", "25.0.4", WRITES_AN_ARCHIVE);
    Path other = jdk("other", "25.0.3", WRITES_AN_ARCHIVE);

    pollux(Map.of("JAVA_HOME", mine.toString(), "POLLUX_JDKS", other.toString()), "serve");

    assertThat(calls().getFirst()).startsWith("maven in " + mine);
  }

  @Test
  void anOldJavaHomeIsPassedOverForAJdkInTheUsualFolders() throws Exception {
    Path old = jdk("jdk-21", "21.0.9", WRITES_AN_ARCHIVE);
    Path usual = jdk("usual", "25.0.3", WRITES_AN_ARCHIVE);

    pollux(Map.of("JAVA_HOME", old.toString(), "POLLUX_JDKS", usual.toString()), "serve");

    assertThat(calls().getFirst()).startsWith("maven in " + usual);
  }

  @Test
  void theFirstCallBuildsAndRehearsesLaterOnesOnlyRun() throws Exception {
    Map<String, String> environment = withJdk(WRITES_AN_ARCHIVE);

    Run first = pollux(environment, "serve", "--model", "a b");
    List<String> firstCalls = calls();
    Files.delete(log);
    Run second = pollux(environment, "serve");

    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("building", "built in", "preparing fast starts");
    assertThat(firstCalls).hasSize(3);
    assertThat(firstCalls.get(0)).startsWith("maven").contains(" package ");
    assertThat(firstCalls.get(1)).contains("-XX:ArchiveClassesAtExit=").endsWith(".Rehearsal");
    assertThat(firstCalls.get(2))
        .contains("-XX:SharedArchiveFile=")
        .endsWith("ai.pollux.cli.Main serve --model a b");
    assertThat(second.err()).isEmpty();
    assertThat(calls()).hasSize(1);
    assertThat(calls().getFirst()).contains("-XX:SharedArchiveFile=").endsWith(".Main serve");
  }

  @Test
  void aChangedSourceIsBuiltAndRehearsedAgain() throws Exception {
    Map<String, String> environment = withJdk(WRITES_AN_ARCHIVE);
    pollux(environment, "serve");
    Files.delete(log);
    Path source = Files.writeString(root.resolve("cli/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

    pollux(environment, "serve");

    assertThat(calls()).hasSize(3);
    assertThat(calls().getFirst()).startsWith("maven");
  }

  @Test
  void anotherJdkGetsAnArchiveOfItsOwn() throws Exception {
    pollux(withJdk(WRITES_AN_ARCHIVE), "serve");
    Files.delete(log);
    Path other = jdk("other", "25.0.9", WRITES_AN_ARCHIVE);

    pollux(Map.of("JAVA_HOME", other.toString(), "POLLUX_JDKS", ""), "serve");

    assertThat(calls()).hasSize(2);
    assertThat(calls().getFirst()).contains("-XX:ArchiveClassesAtExit=");
  }

  @Test
  void aRehearsalThatFailsIsToldOnceAndStartsGoOnWithout() throws Exception {
    Map<String, String> environment = withJdk("exit 1");

    Run first = pollux(environment, "serve");
    Run second = pollux(environment, "serve");

    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("starts will take longer", "rehearsal.log");
    assertThat(second.err()).isEmpty();
    assertThat(calls().getLast()).doesNotContain("SharedArchiveFile").endsWith(".Main serve");
  }

  /** As in a container: the commands' jars without sources, and no Maven. */
  @Test
  void anInstalledCopyIsNotBuilt() throws Exception {
    Files.delete(root.resolve("pom.xml"));
    Files.createDirectories(root.resolve("cli/target"));

    Run run = pollux(withJdk(WRITES_AN_ARCHIVE), "serve");

    assertThat(run.exit()).isZero();
    assertThat(calls()).noneMatch(call -> call.startsWith("maven"));
    assertThat(calls().getLast()).endsWith(".Main serve");
  }

  @Test
  void theCommandsExitCodeIsTheLaunchers() throws Exception {
    assertThat(pollux(withJdk(WRITES_AN_ARCHIVE), "x").exit()).isEqualTo(2);
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndEndsWith70() throws Exception {
    script(folder.resolve("maven/bin/mvn"), "#!/bin/sh\necho '[ERROR] no such symbol'\nexit 1\n");

    Run run = pollux(withJdk(WRITES_AN_ARCHIVE), "serve");

    assertThat(run.exit()).isEqualTo(70);
    assertThat(run.err()).contains("[ERROR] no such symbol", "the build failed", "build.log");
  }

  private Map<String, String> withJdk(String onRehearsal) throws IOException {
    return Map.of("JAVA_HOME", jdk("jdk", "25.0.3", onRehearsal).toString(), "POLLUX_JDKS", "");
  }

  private Path jdk(String name, String version, String onRehearsal) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), JAVA.formatted(log, onRehearsal));
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(log);
  }

  /** How a launch ended. */
  private record Run(int exit, String err) {}

  private Run pollux(Map<String, String> environment, String... arguments) throws Exception {
    assumeThat(Path.of("/bin/bash")).as("what the launcher is written in").exists();
    List<String> command = new ArrayList<>(List.of(root.resolve("pollux").toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().clear();
    // No java on this path: where a system has one there, it comes before the usual folders.
    builder.environment().put("PATH", pathWithoutJava());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("MAVEN_HOME", folder.resolve("maven").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
    return new Run(process.exitValue(), Files.readString(err));
  }

  /** A folder with what the launcher calls, and nothing else. */
  private String pathWithoutJava() throws IOException {
    Path tools = folder.resolve("tools");
    if (Files.notExists(tools)) {
      for (String tool : TOOLS) {
        for (String place : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
          Path program = Path.of(place, tool);
          if (Files.exists(program)) {
            script(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(program));
          }
        }
      }
    }
    return tools.toString();
  }
}
