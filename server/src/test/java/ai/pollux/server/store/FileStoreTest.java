package ai.pollux.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.store.StoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStoreTest {
  private static final FileLimits LIMITS = new FileLimits(100, 150, Duration.ofDays(2));

  @TempDir Path folder;
  private final Hand hand = new Hand();

  @Test
  void aFileIsWhatWasSent() throws IOException {
    FileStore store = store();
    StoredFile file = upload(store, new UploadDraft("", "notes", "text/plain", 5), "hello");
    assertThat(file.id()).matches("[0-9a-f]{12}");
    assertThat(Files.readString(store.bytes(file))).isEqualTo("hello");
    assertThat(file.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(store().find(file.id())).as("another process").contains(file);
    assertThat(store.list()).containsExactly(file);
  }

  @Test
  void anUploadGoesOnWhereItWasCutAlsoInAnotherProcess() throws IOException {
    String token = store().begin(new UploadDraft("cut", "", "text/plain", 6));
    InputStream cut =
        new InputStream() {
          private int sent;

          @Override
          public int read() throws IOException {
            if (sent == 3) {
              throw new IOException("the connection was cut");
            }
            return 'a' + sent++;
          }

          @Override
          public int read(byte[] into, int from, int count) throws IOException {
            into[from] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> store().append(token, 0, cut)).hasMessage("the connection was cut");
    FileStore other = store();
    assertThat(other.received(token)).isEqualTo(3);
    assertThatThrownBy(() -> other.append(token, 0, bytes("abc")))
        .hasMessage("Upload offset: expected 3, the bytes received so far, found 0.");
    assertThatThrownBy(() -> other.finish(token))
        .hasMessage("Upload: expected 6 bytes as declared, found 3.");
    assertThat(other.append(token, 3, bytes("def"))).isEqualTo(6);
    assertThat(Files.readString(other.bytes(other.finish(token)))).isEqualTo("abcdef");
    assertThatThrownBy(() -> other.received(token))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void bytesWithoutTheirRecordAreNoFile() throws IOException {
    Files.writeString(folder.resolve("halfway.bytes"), "left by a killed process");
    assertThat(store().find("halfway")).isEmpty();
    assertThat(store().list()).isEmpty();
  }

  @Test
  void filesExpire() throws IOException {
    FileStore store = store();
    StoredFile old = upload(store, new UploadDraft("old", "", "text/plain", -1), "a");
    hand.now = hand.now.plus(Duration.ofHours(47));
    StoredFile young = upload(store, new UploadDraft("young", "", "text/plain", -1), "b");
    assertThat(store.list()).containsExactly(young, old);
    hand.now = hand.now.plus(Duration.ofHours(1));
    assertThat(store.find("old")).isEmpty();
    assertThat(store.list()).containsExactly(young);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("young.json", "young.bytes", "uploads");
    }
  }

  @Test
  void limitsHoldWhateverIsDeclared() throws IOException {
    FileStore store = store();
    assertThatThrownBy(() -> store.begin(new UploadDraft("", "", "a/b", 101)))
        .hasMessage("A file may have 100 bytes, found 101 or more.");
    assertThatThrownBy(() -> upload(store, new UploadDraft("", "", "a/b", 1), "x".repeat(101)))
        .hasMessage("A file may have 100 bytes, found 101 or more.");
    upload(store, new UploadDraft("", "", "a/b", -1), "x".repeat(90));
    assertThatThrownBy(() -> store.begin(new UploadDraft("", "", "a/b", 61)))
        .hasMessageContaining("would pass the 150 that all files together may take");
    assertThatThrownBy(() -> upload(store, new UploadDraft("", "", "a/b", -1), "x".repeat(61)))
        .hasMessageContaining("All files together may take 150 bytes");
  }

  @Test
  void uploadsThatNobodyFinishesCountAndAreGivenUp() throws IOException {
    FileStore store = store();
    String token = store.begin(new UploadDraft("", "", "a/b", -1));
    store.append(token, 0, bytes("x".repeat(90)));
    assertThatThrownBy(() -> store.begin(new UploadDraft("", "", "a/b", 61)))
        .hasMessageContaining("would pass the 150 that all files together may take");
    assertThatThrownBy(() -> upload(store, new UploadDraft("", "", "a/b", -1), "x".repeat(61)))
        .hasMessageContaining("All files together may take 150 bytes");
    Instant lately = hand.now.minus(Duration.ofHours(47));
    Path part = folder.resolve("uploads").resolve(token + ".part");
    Files.setLastModifiedTime(part, FileTime.from(lately));
    store.list();
    assertThat(store.received(token)).isEqualTo(90);
    hand.now = hand.now.plus(Duration.ofHours(2));
    store.list();
    assertThatThrownBy(() -> store.received(token)).hasMessageContaining("unknown");
    upload(store, new UploadDraft("", "", "a/b", -1), "x".repeat(61));
  }

  @Test
  void idsAreThoseOfTheApi() throws IOException {
    FileStore store = store();
    for (String id : List.of("../up", "UPPER", "-dash", "dash-", "a".repeat(41), "a/b", "a.b")) {
      assertThatThrownBy(() -> store.begin(new UploadDraft(id, "", "a/b", -1)))
          .hasMessageContaining("found \"" + id + "\"");
      assertThat(store.find(id)).isEmpty();
    }
    assertThatThrownBy(() -> store.received("../../etc/passwd")).hasMessageContaining("unknown");
    upload(store, new UploadDraft("mine", "", "a/b", -1), "a");
    assertThatThrownBy(() -> store.begin(new UploadDraft("mine", "", "a/b", -1)))
        .hasMessage("files/mine exists already.");
  }

  @Test
  void whatIsDeletedOrCancelledIsGone() throws IOException {
    FileStore store = store();
    upload(store, new UploadDraft("mine", "", "a/b", -1), "a");
    store.delete("mine");
    assertThatThrownBy(() -> store.delete("mine")).hasMessage("files/mine does not exist.");
    store.cancel(store.begin(new UploadDraft("", "", "a/b", -1)));
    try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(left).isEmpty();
    }
  }

  private FileStore store() {
    return new FileStore(folder, LIMITS, hand);
  }

  private static StoredFile upload(FileStore store, UploadDraft draft, String text)
      throws IOException {
    String token = store.begin(draft);
    store.append(token, 0, bytes(text));
    return store.finish(token);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A clock that is set by hand. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
