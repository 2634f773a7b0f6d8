package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes in {@code deploy} and {@code Containerfile}, as linters of others see them. */
final class DeployIT {
  private static final Path ROOT = Path.of(System.getProperty("pollux.root"));
  private static final Path CHECK = ROOT.resolve("tools/deploy");

  private static Path folder;

  @TempDir Path other;

  @BeforeAll
  static void install() throws Exception {
    boolean hasNode = hasNode();
    if (!hasNode && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("node and npm are not on the PATH, and CI must not skip");
    }
    Assumptions.assumeTrue(hasNode, "node and npm are not on the PATH");
    folder = Files.createDirectories(Path.of("target/deploy"));
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "check.mjs")) {
      Files.write(folder.resolve(file), Files.readAllBytes(CHECK.resolve(file)));
    }
    Run install = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    assertThat(install.exit()).as(install.out()).isZero();
  }

  @Test
  void theRecipesHaveNoFaultThatLintersKnow() throws Exception {
    List<String> files = new ArrayList<>(List.of(ROOT.resolve("Containerfile").toString()));
    try (Stream<Path> manifests = Files.list(ROOT.resolve("deploy/kubernetes"))) {
      manifests.map(Path::toString).forEach(files::add);
    }
    assertThat(files).hasSize(5);
    assertThat(check(files)).isEqualTo(new Run(0, ""));
  }

  @Test
  void theCheckSeesFaults() throws Exception {
    String manifest = Files.readString(ROOT.resolve("deploy/kubernetes/deployment.yaml"));
    Path misspelt = other.resolve("misspelt.yaml");
    Files.writeString(misspelt, manifest.replace("readinessProbe", "readynessProbe"));
    Path untyped = other.resolve("untyped.yaml");
    Files.writeString(untyped, manifest.replace("replicas: 1", "replicas: one"));
    Path container = other.resolve("Containerfile");
    Files.writeString(container, "FROM a\nEXPOSE eighty\n");

    Run run = check(List.of(misspelt.toString(), untyped.toString(), container.toString()));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("readynessProbe", "untyped.yaml: ", "line 2: Invalid");
  }

  private static Run check(List<String> files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "check.mjs"));
    command.addAll(files);
    return run(command);
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
          && new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** How a program ended, and all it printed. */
  private record Run(int exit, String out) {}

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }
}
