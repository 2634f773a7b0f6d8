package ai.pollux.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the extension gives to tests. */
final class PolluxExtensionIT {
  @RegisterExtension static final PolluxExtension POLLUX = new PolluxExtension();

  /** Prints what it was told. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      System.out.print(System.getenv("GOOGLE_GEMINI_BASE_URL"));
    }
  }

  @Test
  void tellsWhereTheServerIs(PolluxServer server, URI url) {
    assertThat(url).isEqualTo(server.url());
    assertThat(url.toString()).isEqualTo("http://127.0.0.1:" + server.port());
    assertThat(System.getProperty("GOOGLE_GEMINI_BASE_URL")).isEqualTo(url.toString());
    assertThat(System.getProperty("GEMINI_API_KEY")).isEqualTo("any");
  }

  @Test
  void processesGetItByTheirEnvironment(PolluxServer server)
      throws IOException, InterruptedException {
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    child.environment().putAll(server.environment());
    Process started = child.start();
    assertThat(new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(server.url().toString());
    assertThat(started.waitFor()).isZero();
  }

  @Test
  void whatWasBeforeIsBackAfterwards() {
    String before = System.getProperty("GEMINI_API_KEY");
    try (PolluxServer other = PolluxServer.start()) {
      Surroundings surroundings = Surroundings.set(other);
      assertThat(System.getProperty("GOOGLE_GEMINI_BASE_URL")).isEqualTo(other.url().toString());
      surroundings.restore();
    }
    assertThat(System.getProperty("GEMINI_API_KEY")).isEqualTo(before);
  }

  @Nested
  @TestClassOrder(ClassOrderer.OrderAnnotation.class)
  final class Within {
    @Nested
    @Order(1)
    final class First {
      @Test
      void seesTheServer(URI url) {
        assertThat(System.getProperty("GOOGLE_GEMINI_BASE_URL")).isEqualTo(url.toString());
      }
    }

    /** Runs after a class beside it has ended, and with it what that one put back. */
    @Nested
    @Order(2)
    final class Second {
      @Test
      void stillSeesTheServer(URI url, PolluxServer server) {
        assertThat(System.getProperty("GOOGLE_GEMINI_BASE_URL")).isEqualTo(url.toString());
        server.answers("still here");
        try (Client client = Client.builder().apiKey("any").build()) {
          assertThat(client.models.generateContent("gemini-pro", "a", null).text())
              .isEqualTo("still here");
        }
      }
    }
  }
}
