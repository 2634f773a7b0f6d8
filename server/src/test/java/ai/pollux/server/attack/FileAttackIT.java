package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that the server is to open for others, and uploads that are not the sender's. */
final class FileAttackIT {
  private static final String KEY = "x-goog-api-key: right-key";
  private static final String UPLOAD = "/upload/v1beta/files";
  private static final Pattern UPLOAD_URL =
      Pattern.compile("(?i)x-goog-upload-url: http://[^/]*([^\r\n]*)");

  private static RunningServer server;
  private static Target target;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder())
                .withApiKeys(List.of("right-key"))
                .withMaxBodyBytes(10_000_000));
    target = new Target(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Target.Outcome show(String uri) throws IOException {
    return target.post(
        "/v1beta/models/gemini-pro:generateContent",
        "{\"contents\":[{\"parts\":[{\"fileData\":{\"mimeType\":\"text/plain\",\"fileUri\":\"%s\"}}]}],\"generationConfig\":{\"maxOutputTokens\":2}}"
            .formatted(uri),
        KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data, 400",
    "https://example.com/x.txt, 400",
    "file:///etc/passwd, 400",
    "FILE:/etc/passwd, 400",
    "/etc/passwd, 400",
    "//etc/passwd, 400",
    "\\\\\\\\host\\\\share, 400",
    "gs://bucket/object, 400",
    "s3://bucket/object, 400",
    "ftp://127.0.0.1/x, 400",
    "jar:file:///x.jar!/y, 400",
    "gopher://127.0.0.1:1/x, 400",
    "https://www.youtube.com/watch?v=x, 400",
    "files/../secret, 403",
    "files/..%2fsecret, 403",
    "http://127.0.0.1/files/../../secret, 403",
    "http://[::1]/v1beta/files/guess, 403",
    "files/, 403",
    "data:text/plain, 400",
    "data:text/plain;base64%2C!!!!, 400",
    "data:text/plain;base64\\u002cA, 400"
  })
  void opensNoOtherAddress(String uri, int status) throws Exception {
    Target.Outcome outcome = show(uri);
    assertThat(outcome.status()).as(outcome.text()).isEqualTo(status);
    target.assertServes(KEY);
  }

  /** A listener beside the server that nobody must call. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "ftp", "gopher"})
  void callsNobody(String scheme) throws Exception {
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      inside.setSoTimeout(300);
      assertThat(show("%s://127.0.0.1:%d/x".formatted(scheme, inside.getLocalPort())).status())
          .isEqualTo(400);
      assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aDataUriIsBoundedLikeEveryBody() throws Exception {
    assertThat(show("data:text/plain," + "a".repeat(11_000_000)).statuses()).containsExactly(400);
    assertThat(show("data:text/plain," + "a ".repeat(1_000_000)).statuses()).containsExactly(400);
    target.assertServes(KEY);
  }

  private static String begin(int bytes) throws IOException {
    Target.Outcome begun =
        target.post(
            UPLOAD,
            "{}",
            KEY,
            "X-Goog-Upload-Protocol: resumable",
            "X-Goog-Upload-Command: start",
            "X-Goog-Upload-Header-Content-Type: text/plain",
            "X-Goog-Upload-Header-Content-Length: " + bytes);
    Matcher url = UPLOAD_URL.matcher(begun.text());
    assertThat(url.find()).as(begun.text()).isTrue();
    return url.group(1);
  }

  private static Target.Outcome put(String path, String command, String offset, String bytes)
      throws IOException {
    return target.post(
        path, bytes, "X-Goog-Upload-Command: " + command, "X-Goog-Upload-Offset: " + offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "..%2f..%2fsecret",
        "%00",
        "zz",
        "0000000000000000000000000000000000000000000000000000000000000000"
      })
  void uploadsThatAreGuessedAreUnknown(String token) throws Exception {
    for (String command : List.of("upload", "upload, finalize", "finalize", "query")) {
      assertThat(put(UPLOAD + "?upload_id=" + token, command, "0", "x").status()).isEqualTo(404);
    }
    target.assertServes(KEY);
  }

  /** The address of an upload names its project, and needs no key: names are not paths. */
  @ParameterizedTest
  @ValueSource(strings = {"..%2f..", "%2fetc", "a%2fb", "..", "%00", "none", ""})
  void projectsThatAreGuessedHaveNoUploads(String project) throws Exception {
    String path = begin(4).replaceFirst("&project=[^&]*", "") + "&project=" + project;
    assertThat(put(path, "upload", "0", "Once").status()).isEqualTo(404);
    target.assertServes(KEY);
  }

  @Test
  void anUploadsAddressIsGoodForItsUploadAlone() throws Exception {
    String path = begin(4);
    String token = path.substring(path.indexOf('=') + 1).replaceFirst("&.*", "");
    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(target.get("/v1beta/files?upload_id=" + token).status()).isEqualTo(403);
    assertThat(target.get("/v1beta/models?upload_id=" + token).status()).isEqualTo(403);
    assertThat(target.get(path).status()).isEqualTo(403);
    assertThat(target.get("/v1beta/files/" + token.substring(0, 40), KEY).status()).isEqualTo(403);
    assertThat(put(path.replace(token, token.substring(1) + "0"), "query", "0", "").status())
        .isEqualTo(404);
    assertThat(put(path, "upload, finalize", "0", "Once").status()).isEqualTo(200);
    assertThat(put(path, "upload, finalize", "0", "More").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1", "+0", "9223372036854775807", "18446744073709551615", "x", "0x0", ""})
  void offsetsThatAreNotWhereItStandsAreRefused(String offset) throws Exception {
    String path = begin(4);
    int expected = offset.equals("+0") ? 200 : 400;
    assertThat(put(path, "upload", offset, "Once").status()).isEqualTo(expected);
    target.assertServes(KEY);
  }

  @Test
  void moreOrFewerBytesThanDeclaredAreRefused() throws Exception {
    assertThat(put(begin(4), "upload, finalize", "0", "Onc").status()).isEqualTo(400);
    assertThat(put(begin(4), "upload, finalize", "0", "Once upon").status()).isEqualTo(400);
    assertThat(put(begin(4), "finalize", "0", "").status()).isEqualTo(400);
    target.assertServes(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 400",
    "2000000001, 400",
    "9223372036854775807, 400",
    "99999999999999999999, 400",
    "x, 400"
  })
  void lengthsThatCannotBeAreRefused(String bytes, int status) throws Exception {
    assertThat(
            target
                .post(
                    UPLOAD,
                    "{}",
                    KEY,
                    "X-Goog-Upload-Protocol: resumable",
                    "X-Goog-Upload-Command: start",
                    "X-Goog-Upload-Header-Content-Length: " + bytes)
                .status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files/../secret",
        "files/A",
        "files/-a",
        "files/a-",
        "/etc/passwd",
        "files/a/b",
        "files/a\\u0000"
      })
  void namesThatAreNoneAreRefused(String name) throws Exception {
    assertThat(
            target
                .post(
                    UPLOAD,
                    "{\"file\":{\"name\":\"" + name + "\"}}",
                    KEY,
                    "X-Goog-Upload-Protocol: resumable",
                    "X-Goog-Upload-Command: start")
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related",
        "multipart/related; boundary=",
        "multipart/related; boundary=x",
        "multipart/related; boundary=\"\""
      })
  void multipartThatIsNoneIsRefused(String type) throws Exception {
    assertThat(target.post(UPLOAD, "--x\r\n\r\n{}", KEY, "Content-Type: " + type).statuses())
        .containsExactly(400);
    target.assertServes(KEY);
  }

  @Test
  void aMultipartUploadIsBoundedLikeEveryBody() throws Exception {
    String body = "--x\r\n\r\n{}\r\n--x\r\n\r\n" + "a".repeat(10_000_000) + "\r\n--x--";
    assertThat(
            target
                .post(UPLOAD, body, KEY, "Content-Type: multipart/related; boundary=x")
                .statuses())
        .containsExactly(400);
    target.assertServes(KEY);
  }
}
