package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Google's SDK for Python, unmodified, from wherever pip is set up to find it. Where that is
 * nowhere the test is skipped.
 */
final class PythonIT {
  @Test
  void doesAllThatThePageSays() throws Exception {
    boolean hasPython = Program.isThere("python3");
    if (!hasPython && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("python3 is not on the PATH, and CI must not skip");
    }
    Assumptions.assumeTrue(hasPython, "python3 is not on the PATH");
    Path folder = Program.folder("python");
    String python = folder.resolve("venv/bin/python").toAbsolutePath().toString();
    new Program(folder, "python3", "-m", "venv", "venv").run();
    install(folder, python);
    ClientsPage page = ClientsPage.row("google-genai (Python)");
    assertThat(Files.readString(folder.resolve("requirements.txt")).strip())
        .isEqualTo("google-genai==" + page.version());
    try (RunningServer server = RunningServer.nano()) {
      assertThat(new Program(folder, python, "google_genai_check.py", server.url()).steps())
          .isEqualTo(page.steps());
    }
  }

  /** Any failure but that no index has the package is one of the test's. */
  private static void install(Path folder, String python) throws Exception {
    Program.End end =
        new Program(
                folder, python, "-m", "pip", "install", "--retries", "0", "-r", "requirements.txt")
            .end();
    Assumptions.assumeFalse(
        end.err().contains("No matching distribution found for google-genai"),
        "pip is set up with no index that has google-genai: " + end.err());
    assertThat(end.status()).as(end.err()).isZero();
  }
}
