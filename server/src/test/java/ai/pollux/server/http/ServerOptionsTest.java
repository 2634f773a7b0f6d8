package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import ai.pollux.server.state.Database;
import ai.pollux.server.state.Limits;
import ai.pollux.server.state.Role;
import ai.pollux.server.state.ServerState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerOptionsTest {
  private static final ServerOptions LOCAL = ServerOptions.local(0, Path.of("."));

  @Test
  void loopbackIsToldFromOtherAddresses() {
    assertThat(LOCAL.isLoopback()).isTrue();
    assertThat(LOCAL.withHost("::1").isLoopback()).isTrue();
    assertThat(LOCAL.withHost("0.0.0.0").isLoopback()).isFalse();
  }

  @Test
  void everyOtherAddressNeedsAKey() {
    Path folder = RunningServer.folder();
    ServerOptions open = ServerOptions.local(0, folder).withHost("0.0.0.0");
    assertThatThrownBy(() -> new GeminiServer(open))
        .hasMessage(
            "host 0.0.0.0 can be reached from other machines, and no API key is set."
                + " Make one (pollux keys create), set one (--api-key or POLLUX_API_KEY), or listen on 127.0.0.1.");
    try (GeminiServer server = new GeminiServer(open.withApiKeys(List.of("secret")))) {
      assertThat(server.url().getPort()).isPositive();
    }
    String url = Database.file(ServerOptions.databaseFile(folder));
    try (ServerState state = ServerState.open(url, Clock.systemUTC())) {
      state.keys().create("default", "CI", Role.DEVELOPER, Limits.NONE);
    }
    try (GeminiServer server = new GeminiServer(open)) {
      assertThat(server.url().getPort()).isPositive();
    }
  }

  @Test
  void refusesPortsAndKeysThatCannotBe() {
    assertThatThrownBy(() -> ServerOptions.local(65_536, Path.of(".")))
        .hasMessage("port: expected 0 to 65535, found 65536");
    assertThatThrownBy(() -> LOCAL.withApiKeys(List.of(" ")))
        .hasMessage("API key: expected some text, found an empty key");
    assertThatThrownBy(() -> LOCAL.withHost("no such host"))
        .hasMessageContaining("host: expected an address of this machine");
  }
}
