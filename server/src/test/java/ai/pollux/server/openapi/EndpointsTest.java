package ai.pollux.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointsTest {
  private final Endpoints endpoints =
      new Endpoints(
          List.of(
              Endpoint.of("GET", "/v1beta/files", "list", "All."),
              Endpoint.of("GET", "/v1beta/files/{file}", "get", "One."),
              Endpoint.of("GET", "/v1beta/files/{file}:download", "download", "Bytes."),
              Endpoint.of("POST", "/v1beta/models/{model}:generate", "generate", "An answer."),
              Endpoint.of("POST", "/upload/v1beta/files", "upload", "Bytes."),
              Endpoint.of("POST", "/v1beta/openai/chat/completions", "chat", "An answer.")));

  @ParameterizedTest
  @CsvSource({
    "GET, /v1beta/files, list",
    "GET, /v1/files/, list",
    "GET, /v1beta/files/abc, get",
    "GET, /v1alpha//files/abc:download, download",
    "POST, /v1/models/org/name:1b:generate, generate",
    "POST, /upload/v1/files, upload",
    "POST, /v1/publishers/google/models/m:generate, generate",
    "POST, /v1beta1/projects/p/locations/l/publishers/google/models/m:generate, generate",
    "POST, /v1/chat/completions, chat",
    "POST, /openai/v1/chat/completions, chat",
    "POST, /v1/projects/p/locations/l/endpoints/openapi/chat/completions, chat"
  })
  void aRequestIsFoundByMethodAndPath(String method, String path, String id) {
    assertThat(endpoints.find(method, path).orElseThrow().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"POST, /v1beta/files", "GET, /v2/files", "GET, /v1beta/filesystem", "GET, /"})
  void whatIsNoOperationIsNone(String method, String path) {
    assertThat(endpoints.find(method, path)).isEmpty();
  }

  @Test
  void idsAreUnique() {
    Endpoint one = Endpoint.of("GET", "/a", "same", "One.");
    Endpoint other = Endpoint.of("GET", "/b", "same", "Another.");
    assertThatThrownBy(() -> new Endpoints(List.of(one, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two endpoints are called same");
  }
}
