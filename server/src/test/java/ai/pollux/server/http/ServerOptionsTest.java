package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerOptionsTest {
  @Test
  void loopbackNeedsNoKey() {
    assertThat(ServerOptions.local(0, Path.of(".")).apiKeys()).isEmpty();
    assertThat(new ServerOptions("::1", 0, List.of(), List.of(), 1, Path.of(".")).host())
        .isEqualTo("::1");
  }

  @Test
  void everyOtherAddressDoes() {
    assertThatThrownBy(
            () -> new ServerOptions("0.0.0.0", 8080, List.of(), List.of(), 1, Path.of(".")))
        .hasMessage(
            "host 0.0.0.0 can be reached from other machines, and no API key is set."
                + " Set one (--api-key or POLLUX_API_KEY), or listen on 127.0.0.1.");
    assertThat(
            new ServerOptions("0.0.0.0", 8080, List.of("secret"), List.of(), 1, Path.of("."))
                .port())
        .isEqualTo(8080);
  }

  @Test
  void refusesPortsAndKeysThatCannotBe() {
    assertThatThrownBy(() -> ServerOptions.local(65_536, Path.of(".")))
        .hasMessage("port: expected 0 to 65535, found 65536");
    assertThatThrownBy(
            () -> new ServerOptions("127.0.0.1", 0, List.of(" "), List.of(), 1, Path.of(".")))
        .hasMessage("API key: expected some text, found an empty key");
  }
}
