package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Files API, by each of its protocols. */
final class FilesIT {
  private static final String[] KEY = {"x-goog-api-key", "secret"};
  private static final String UPLOAD = "/upload/v1beta/files";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder())
                .withApiKeys(List.of("secret"))
                .withMaxBodyBytes(1 << 20));
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void resumableUploadsTakeBytesInPieces() throws Exception {
    Reply begun = begin("{\"file\":{\"display_name\":\"A story\"}}", 16);
    assertThat(begun.header("x-goog-upload-status")).isEqualTo("active");
    String url = begun.header("x-goog-upload-url");
    assertThat(url).startsWith(server.url() + UPLOAD + "?upload_id=");
    String path = url.substring(server.url().length());
    // From here on without a key, and with a Content-Type that means nothing, as clients send it.
    Reply half = send(path, "upload", 0, "Once upon");
    assertThat(half.header("x-goog-upload-status")).isEqualTo("active");
    assertThat(half.header("x-goog-upload-size-received")).isEqualTo("9");
    Reply asked = api.post(path, new byte[0], "x-goog-upload-command", "query");
    assertThat(asked.header("x-goog-upload-size-received")).isEqualTo("9");
    assertThat(send(path, "upload", 3, "x").error()).contains("expected 9").contains("found 3");
    Reply last = send(path, "upload, finalize", 9, " a time");
    assertThat(last.header("x-goog-upload-status")).isEqualTo("final");
    JsonNode file = last.json().path("file");
    assertThat(file.path("displayName").asString()).isEqualTo("A story");
    assertThat(file.path("mimeType").asString()).isEqualTo("text/plain");
    assertThat(file.path("sizeBytes").asString()).isEqualTo("16");
    assertThat(file.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(send(path, "upload", 16, "x").status()).isEqualTo(404);
    assertDescribed(file);
  }

  private static void assertDescribed(JsonNode file) throws Exception {
    String name = file.path("name").asString();
    assertThat(api.get("/v1/" + name, KEY).json()).isEqualTo(file);
    assertThat(api.get("/v1/files/" + file.path("uri").asString(), KEY).json()).isEqualTo(file);
    assertThat(api.get("/v1beta/files", KEY).json().path("files").toString())
        .contains(file.toString());
    assertThat(api.get("/download/v1beta/" + name + ":download?alt=media", KEY).body())
        .isEqualTo("Once upon a time");
    assertThat(api.get("/v1/" + name).status()).as("without a key").isEqualTo(403);
    assertThat(api.call("DELETE", "/v1beta/" + name, KEY).json().isEmpty()).isTrue();
    assertThat(api.get("/v1/" + name, KEY).status()).isEqualTo(403);
  }

  @Test
  void multipartUploadsHoldBoth() throws Exception {
    String body =
        """
        --frontier\r
        Content-Type: application/json\r
        \r
        {"file":{"name":"files/by-parts"}}\r
        --frontier\r
        Content-Type: text/plain\r
        \r
        Once\r
        --not the frontier\r
        --frontier--\r
        """
            .replace("\r\n", "\n")
            .replace("\n", "\r\n");
    Reply reply =
        api.post(
            UPLOAD + "?uploadType=multipart",
            body,
            "x-goog-api-key",
            "secret",
            "content-type",
            "multipart/related; boundary=frontier");
    assertThat(reply.json().path("file").path("name").asString()).isEqualTo("files/by-parts");
    assertThat(api.get("/v1/files/by-parts:download", KEY).body())
        .isEqualTo("Once\r\n--not the frontier");
    Reply cut =
        api.post(
            UPLOAD,
            body.substring(0, 60),
            "x-goog-api-key",
            "secret",
            "content-type",
            "multipart/related; boundary=frontier");
    assertThat(cut.error()).contains("expected two parts between boundaries, found fewer");
  }

  @Test
  void rawUploadsAreTheBytesAlone() throws Exception {
    Reply reply =
        api.post(UPLOAD, "Once upon", "x-goog-api-key", "secret", "content-type", "text/plain");
    assertThat(reply.json().path("file").path("sizeBytes").asString()).isEqualTo("9");
    assertThat(api.post(UPLOAD, "Once upon").status()).as("without a key").isEqualTo(403);
  }

  @Test
  void uploadsMayBeLongerThanBodies() throws Exception {
    byte[] story = "once ".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
    Reply reply = api.post(UPLOAD, story, "x-goog-api-key", "secret", "content-type", "text/plain");
    assertThat(reply.json().path("file").path("sizeBytes").asString())
        .isEqualTo(Integer.toString(story.length));
  }

  @Test
  void promptsShowUploadedFilesAndDataUris() throws Exception {
    Reply reply =
        api.post(
            UPLOAD, "Once upon a time", "x-goog-api-key", "secret", "content-type", "text/plain");
    String uri = reply.json().path("file").path("uri").asString();
    String expected = generate("{\"text\":\"Once upon a time\"}").text();
    assertThat(generate("{\"fileData\":{\"fileUri\":\"" + uri + "\"}}").text()).isEqualTo(expected);
    String id = uri.substring(uri.indexOf("files/"));
    assertThat(generate("{\"file_data\":{\"file_uri\":\"" + id + "\"}}").text())
        .isEqualTo(expected);
    String data = "data:text/plain;base64,T25jZSB1cG9uIGEgdGltZQ==";
    assertThat(generate("{\"fileData\":{\"fileUri\":\"" + data + "\"}}").text())
        .isEqualTo(expected);
    Reply unknown = generate("{\"fileData\":{\"fileUri\":\"files/nowhere\"}}");
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.error()).contains("the File nowhere or it may not exist");
  }

  private static Reply generate(String part) throws Exception {
    return api.post(
        Api.GENERATE,
        """
        {"contents":[{"parts":[%s]}],"generationConfig":{"temperature":0,"maxOutputTokens":12}}
        """
            .formatted(part),
        KEY);
  }

  private static Reply begin(String body, int bytes) throws Exception {
    return api.post(
        UPLOAD,
        body,
        "x-goog-api-key",
        "secret",
        "x-goog-upload-protocol",
        "resumable",
        "x-goog-upload-command",
        "start",
        "x-goog-upload-header-content-type",
        "text/plain",
        "x-goog-upload-header-content-length",
        Integer.toString(bytes));
  }

  private static Reply send(String path, String command, int offset, String bytes)
      throws Exception {
    return api.post(
        path,
        bytes,
        "content-type",
        "application/json",
        "x-goog-upload-command",
        command,
        "x-goog-upload-offset",
        Integer.toString(offset));
  }
}
