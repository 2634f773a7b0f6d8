package ai.pollux.content.reader;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.MediaLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that read end with the one that started them, however that ends. */
@Timeout(120)
final class OrphanTest {
  /** A process that has a sound open, says who reads it, and waits. */
  public static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      ReaderPool pool = new ReaderPool();
      byte[] file = Files.readAllBytes(Path.of(arguments[0]));
      var sound = pool.sound(file, Duration.ZERO, Duration.ofHours(1), MediaLimits.standard());
      if (sound.isEmpty()) {
        throw new AssertionError("no sound");
      }
      long reader = ProcessHandle.current().children().findFirst().orElseThrow().pid();
      System.out.println(reader);
      if (arguments[1].equals("stays")) {
        Thread.sleep(Duration.ofMinutes(1));
      }
    }
  }

  @Test
  void whereTheParentIsKilled() throws Exception {
    Process parent = start("stays");
    ProcessHandle reader = reader(parent);
    assertThat(reader.isAlive()).isTrue();
    parent.destroyForcibly();
    reader.onExit().get(20, TimeUnit.SECONDS);
  }

  @Test
  void whereTheParentLeavesWithoutClosing() throws Exception {
    Process parent = start("goes");
    ProcessHandle reader = reader(parent);
    assertThat(parent.waitFor()).isZero();
    reader.onExit().get(20, TimeUnit.SECONDS);
  }

  private static Process start(String how) throws Exception {
    Path sound = Path.of(OrphanTest.class.getResource("/samples/opus-48k.opus").toURI());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            sound.toString(),
            how)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessHandle reader(Process parent) throws IOException {
    BufferedReader said = parent.inputReader();
    return ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
  }
}
