package ai.pollux.assistant.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ModelStoreTest {
  private static final ModelName MODEL = ModelName.parse("maker/model");
  private static final byte[] WEIGHTS = random(100_000);

  @TempDir Path folder;
  private final FakeHub hub =
      new FakeHub()
          .with("config.json", "{}".getBytes(UTF_8))
          .with("README.md", "not needed".getBytes(UTF_8))
          .with("model.safetensors", WEIGHTS);

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void whatIsPulledIsThereWithAllThatBelongsToIt() throws Exception {
    List<Long> done = new ArrayList<>();

    StoredModel model = store().pull(MODEL, (bytes, total) -> done.add(bytes));

    assertThat(model.path()).isDirectory().hasFileName("model");
    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(model.path().resolve("config.json")).hasContent("{}");
    assertThat(model.path().resolve("README.md")).doesNotExist();
    assertThat(model.commit()).isEqualTo(FakeHub.COMMIT);
    assertThat(done.getLast()).isEqualTo(WEIGHTS.length + 2);
    assertThat(store().find(MODEL)).contains(model);
    assertThat(store().unfinished()).isEmpty();
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    store().pull(MODEL, PullProgress.NONE);
    long sent = hub.bytesSent.get();

    store().pull(MODEL, PullProgress.NONE);

    assertThat(hub.bytesSent.get()).isEqualTo(sent);
  }

  @Test
  void cutConnectionsAreTakenUpWhereTheyEnded() throws Exception {
    hub.cuts.set(7);

    StoredModel model = store().pull(MODEL, PullProgress.NONE);

    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(hub.bytesSent.get()).isLessThan(WEIGHTS.length * 2L);
  }

  @Test
  void aHubThatIsBusyIsAskedAgain() throws Exception {
    hub.errors.set(3);

    assertThat(store().pull(MODEL, PullProgress.NONE).path()).isDirectory();
  }

  @Test
  void aHubThatStaysBusyIsGivenUpAndWhatCameIsKept() throws Exception {
    hub.errorStatus = 429;
    hub.errors.set(1000);

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("maker/model", "gave up after 4 tries", "429", "pull again");
    assertThat(store().find(MODEL)).isEmpty();
    assertThat(store().unfinished()).hasSize(1);
  }

  @Test
  void aConnectionThatStallsIsReplaced() throws Exception {
    hub.stallsOnce = true;
    hub.cuts.set(1);

    StoredModel model = store().pull(MODEL, PullProgress.NONE);

    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFile() throws Exception {
    hub.knowsRanges = false;
    hub.cuts.set(2);

    StoredModel model = store().pull(MODEL, PullProgress.NONE);

    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void whatHasAnotherHashIsThrownAway() throws Exception {
    hub.liesAboutHashes = true;

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(
            "model.safetensors", "SHA-256", "0".repeat(64), FakeHub.hash("SHA-256", WEIGHTS));
    assertThat(store().find(MODEL)).isEmpty();
    try (Stream<Path> blobs = Files.list(folder.resolve("blobs"))) {
      assertThat(blobs.map(blob -> blob.getFileName().toString()))
          .noneMatch(name -> name.startsWith("0000"));
    }
  }

  @Test
  void aLinkThatIsTooOldIsAskedForAgain() throws Exception {
    hub.oldLinks.set(3);

    StoredModel model = store().pull(MODEL, PullProgress.NONE);

    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    hub.oldLinks.set(1000);
    store().remove(MODEL);
    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("gave up after 4 tries", "127.0.0.1", "403", "too old");
  }

  @Test
  void redirectsThatNeverEndAreLeft() {
    hub.redirection = "config.json";

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageMatching("maker/model: more than \\d+ redirects");
  }

  @Test
  void aRedirectToAFileIsNotFollowed() {
    hub.redirection = "file:///etc/hostname";

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessage("maker/model: redirected to file:///etc/hostname, which is no web address");
  }

  @Test
  void aModelThatIsForbiddenSaysThatATokenMayHelp() {
    hub.errorStatus = 403;
    hub.errors.set(1000);

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "maker/model: not there, or private, and no token is set. Check the name, or set HF_TOKEN");
  }

  @Test
  void aGatedModelSaysWhatToDo() {
    hub.isGated = true;

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("gated", "accept its licence", "/maker/model", "HF_TOKEN");
  }

  @Test
  void theTokenOpensAGatedModelAndGoesToNoOtherHost() throws Exception {
    hub.isGated = true;

    store(settings(Optional.of("good"), false)).pull(MODEL, PullProgress.NONE);

    assertThat(hub.requestsTo("hub")).isNotEmpty().allMatch(line -> line.endsWith("Bearer good"));
    assertThat(hub.requestsTo("cdn")).isNotEmpty().allMatch(line -> line.endsWith(" -"));
  }

  @Test
  void anUnknownModelIsNotFound() {
    assertThatThrownBy(() -> store().pull(ModelName.parse("maker/other"), PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("maker/other", "not found");
  }

  @Test
  void aFileThatIsShorterThanAnnouncedIsToldNotAskedForForever() {
    hub.errorStatus = 416;
    hub.errors.set(1);

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("shorter than was announced");
  }

  @Test
  void offlineGivesWhatIsThereAndAsksNobody() throws Exception {
    StoredModel pulled = store().pull(MODEL, PullProgress.NONE);
    int requests = hub.requests.size();
    ModelStore offline = store(settings(Optional.empty(), true));

    assertThat(offline.pull(MODEL, PullProgress.NONE)).isEqualTo(pulled);
    assertThatThrownBy(() -> offline.pull(ModelName.parse("a/b"), PullProgress.NONE))
        .hasMessageContainingAll("a/b", "HF_HUB_OFFLINE");
    assertThat(hub.requests).hasSize(requests);
  }

  @Test
  void removingFreesWhatNoOtherModelHas() throws Exception {
    hub.with("a-Q4_0.gguf", random(9000)).with("a-Q8_0.gguf", random(10_000));
    hub.with("mmproj-F16.gguf", random(5000)).with("mmproj-F32.gguf", random(6000));
    ModelName small = ModelName.parse("maker/model:Q4_0");
    ModelName large = ModelName.parse("maker/model:Q8_0");
    ModelStore store = store();
    StoredModel kept = store.pull(small, PullProgress.NONE);
    store.pull(large, PullProgress.NONE);

    long freed = store.remove(large);

    assertThat(freed).isEqualTo(10_000);
    assertThat(store.list()).containsExactly(kept);
    assertThat(kept.path()).isDirectoryContaining("glob:**/a-Q4_0.gguf");
    assertThat(kept.path()).isDirectoryContaining("glob:**/mmproj-F16.gguf");
    assertThat(kept.path().resolve("mmproj-F16.gguf")).isReadable();
    assertThatThrownBy(() -> store.remove(large)).hasMessageContaining("not in the store");
  }

  @Test
  void aStoreThatWasMovedStillHoldsItsFiles() throws Exception {
    store().pull(MODEL, PullProgress.NONE);
    Path link = folder.resolve("models").resolve(MODEL.fileName()).resolve(FakeHub.COMMIT);

    assertThat(Files.readSymbolicLink(link.resolve("model/model.safetensors"))).isRelative();
  }

  @Test
  void tiersStandForModelsAndCanBeSet() {
    ModelStore store = store();

    store.setTier("nano", "maker/model:Q4_0");

    assertThat(store().nameOf("nano")).isEqualTo("maker/model:Q4_0");
    assertThat(store().nameOf("somebody/else")).isEqualTo("somebody/else");
    assertThat(store().tiers()).containsKeys("nano", "pro", "ultra");
    assertThatThrownBy(() -> store.setTier("Not A Tier", "x")).hasMessageContaining("short name");
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    hub.with("../evil.json", "{}".getBytes(UTF_8));

    assertThatThrownBy(() -> store().pull(MODEL, PullProgress.NONE))
        .hasMessageContainingAll("unsafe", "../evil.json");
  }

  @Test
  void settingsAreReadAsTheHubsOwnClientReadsThem() throws IOException {
    Files.createDirectories(folder.resolve(".cache/huggingface"));
    Files.writeString(folder.resolve(".cache/huggingface/token"), "from-file\n");

    HubSettings plain = HubSettings.of(Map.of(), folder);
    HubSettings set =
        HubSettings.of(
            Map.of(
                "HF_ENDPOINT", "https://mirror.example/hf/",
                "HF_TOKEN", "mine",
                "HF_HUB_OFFLINE", "1"),
            folder);

    assertThat(plain.endpoint()).hasToString("https://huggingface.co");
    assertThat(plain.token()).contains("from-file");
    assertThat(set.endpoint()).hasToString("https://mirror.example/hf");
    assertThat(set.token()).contains("mine");
    assertThat(set.isOffline()).isTrue();
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "nonsense"), folder))
        .hasMessageContainingAll("HF_ENDPOINT", "nonsense");
  }

  private ModelStore store() {
    return store(settings(Optional.empty(), false));
  }

  private ModelStore store(HubSettings settings) {
    return new ModelStore(folder, settings, Clock.systemUTC());
  }

  private HubSettings settings(Optional<String> token, boolean isOffline) {
    return new HubSettings(
        hub.url(), token, isOffline, 4, Duration.ofMillis(1), Duration.ofSeconds(1), 3, 8192);
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
