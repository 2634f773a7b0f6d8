package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that try to leave the folder of files, with a file outside to be found. */
final class PathAttackIT {
  private static RunningServer server;
  private static Target target;

  @BeforeAll
  static void start() throws Exception {
    Path folder = RunningServer.folder();
    Files.writeString(folder.resolve("secret.json"), "{\"id\":\"secret\"}");
    Files.writeString(folder.resolve("secret.bytes"), "the secret");
    server = RunningServer.stories(ServerOptions.local(0, folder));
    target = new Target(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/files/../secret, 404",
    "/v1beta/files/..%2fsecret, 403",
    "/v1beta/files/..%2Fsecret:download, 403",
    "/v1beta/files/%2e%2e/secret, 403",
    "/v1beta/files/%2e%2e%2fsecret, 403",
    "/v1beta/files/..%252fsecret, 403",
    "/v1beta/files/..\\secret, 400",
    "/v1beta/files/..%5csecret, 403",
    "/v1beta/files/secret%00, 403",
    "/v1beta/files/secret.json, 403",
    "/v1beta/files/%c0%ae%c0%ae%c0%afsecret, 403",
    "/v1beta/files/%u002e%u002e%u2215secret, 400",
    "/v1beta/files/.%2e;/secret, 403",
    "/v1beta/files//%2e%2e//secret, 403",
    "/v1beta/files/http://127.0.0.1/../secret, 403",
    "/v1beta/files/uploads, 403",
    "/v1beta/files/uploads%2f, 403",
    "/v1beta/files/%2fetc%2fpasswd, 403",
    "/v1beta/files/file:%2f%2f%2fetc%2fpasswd, 403",
    "/v1beta/files/a%zz, 400",
    "/v1beta/files/%, 400",
    "/v1beta/files/SECRET, 403",
    "/v1beta/files/-secret, 403",
    "/download/v1beta/files/..%2fsecret:download, 403",
    "/v1beta/models/..%2ffiles%2fsecret, 404",
    "/v1beta/models/%2e%2e%2ffiles:generateContent, 404",
    "/v1beta/%66iles/..%2fsecret, 403",
    "/V1BETA/files/secret, 404",
    "/v1beta/files?pageSize=99999999999, 400",
    "/v1beta/files?pageToken=-1, 400",
    "/v1beta/files?pageToken=..%2fsecret, 400"
  })
  void findsNothing(String path, int status) throws Exception {
    Target.Outcome outcome = target.get(path);
    assertThat(outcome.text()).doesNotContain("the secret").doesNotContain("\"id\"");
    assertThat(outcome.status()).as(outcome.text()).isEqualTo(status);
    target.assertServes();
  }

  @ParameterizedTest
  @CsvSource({"a, 40", "0, 3000"})
  void idsThatAreGuessedOrTooLongAreAllTheSame(String letter, int length) throws Exception {
    assertThat(target.get("/v1beta/files/" + letter.repeat(length)).status()).isEqualTo(403);
    target.assertServes();
  }
}
