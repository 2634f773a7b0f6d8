package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.http.StorePath.Kind;
import org.junit.jupiter.api.Test;

final class StorePathTest {
  private static StorePath path(String path) {
    return StorePath.parse(path).orElseThrow();
  }

  @Test
  void addressesAreTakenApart() {
    assertThat(path("/v1beta/fileSearchStores").kind()).isEqualTo(Kind.STORES);
    assertThat(path("//v1/fileSearchStores/a").kind()).isEqualTo(Kind.STORE);
    assertThat(path("/v1beta/fileSearchStores/a:importFile").kind()).isEqualTo(Kind.IMPORT);
    assertThat(path("/v1beta/fileSearchStores/a/documents").kind()).isEqualTo(Kind.DOCUMENTS);
    assertThat(path("/v1beta/fileSearchStores/a/documents/d"))
        .isEqualTo(new StorePath(false, "v1beta", "a", "", "documents", "d"));
    assertThat(path("/v1beta/fileSearchStores/a/operations/d").kind()).isEqualTo(Kind.OPERATION);
    StorePath upload = path("/v1beta/fileSearchStores/a/upload/operations/d");
    assertThat(upload.kind()).isEqualTo(Kind.OPERATION);
    assertThat(upload.operation("d")).isEqualTo("fileSearchStores/a/upload/operations/d");
    StorePath begun = path("/upload/v1beta/fileSearchStores/a:uploadToFileSearchStore");
    assertThat(begun.kind()).isEqualTo(Kind.UPLOAD);
    assertThat(begun.operation("d")).isEqualTo("fileSearchStores/a/upload/operations/d");
    assertThat(path("/v1beta/fileSearchStores/a:importFile").operation("d"))
        .isEqualTo("fileSearchStores/a/operations/d");
  }

  @Test
  void othersAreNone() {
    assertThat(StorePath.parse("/v1beta/files/a")).isEmpty();
    assertThat(StorePath.parse("/v1beta/fileSearchStores/a/b/c/d/e")).isEmpty();
    assertThat(path("/upload/v1beta/fileSearchStores/a").kind()).isEqualTo(Kind.NONE);
    assertThat(path("/upload/v1beta/fileSearchStores/a/documents/d").kind()).isEqualTo(Kind.NONE);
    assertThat(path("/v1beta/fileSearchStores/a:burn").kind()).isEqualTo(Kind.NONE);
    assertThat(path("/v1beta/fileSearchStores/a/operations").kind()).isEqualTo(Kind.NONE);
  }
}
