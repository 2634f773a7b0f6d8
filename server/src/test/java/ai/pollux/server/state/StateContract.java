package ai.pollux.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.state.Batches.Order;
import ai.pollux.server.state.Quotas.Exceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the state in every database. */
abstract class StateContract {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:10Z"));
  private ServerState state;

  /** The address of an empty database, the same one for a whole test. */
  abstract String url() throws Exception;

  @BeforeEach
  void open() throws Exception {
    state = ServerState.open(url(), clock);
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void aKeyIsFoundByItsSecretUntilItIsRevoked() throws Exception {
    ApiKeys keys = state.keys();
    assertThat(keys.any()).isFalse();
    ApiKey.Created created = keys.create("shop", "CI", Role.DEVELOPER, Limits.NONE);
    assertThat(created.secret()).matches("plx_[a-z0-9]{50}");
    assertThat(created.key().hint()).hasSize(13).startsWith("plx_").contains("…");
    assertThat(keys.any()).isTrue();
    assertThat(keys.find(created.secret())).contains(created.key());
    assertThat(keys.find(created.secret() + "x")).isEmpty();
    assertThat(keys.find(created.key().hint())).isEmpty();
    reopen();
    assertThat(state.keys().find(created.secret())).contains(created.key());
    assertThat(state.keys().revoke(created.key().id())).isTrue();
    assertThat(state.keys().revoke(created.key().id())).isFalse();
    assertThat(state.keys().find(created.secret())).isEmpty();
    assertThat(state.keys().list()).singleElement().matches(key -> key.revoked().isPresent());
    assertThat(state.keys().any()).isFalse();
  }

  @Test
  void secretsAreNotInTheDatabase() {
    ApiKey.Created created = state.keys().create("shop", "CI", Role.ADMIN, Limits.NONE);
    List<String> stored =
        state
            .database()
            .jdbi()
            .withHandle(handle ->
                handle.createQuery("SELECT * FROM api_keys").mapToMap().stream()
                    .flatMap(row -> row.values().stream())
                    .map(String::valueOf)
                    .toList());
    assertThat(stored).isNotEmpty().noneMatch(value -> value.contains(created.secret()));
  }

  @Test
  void requestsOfAMinuteAndOfADayAreCounted() {
    ApiKey key = key(new Limits(number(2), number(3), none(), none(), none()));
    assertThat(ask(key)).isEmpty();
    assertThat(ask(key)).isEmpty();
    assertThat(ask(key)).contains(new Exceeded("RequestsPerMinute", 2, Duration.ofSeconds(50)));
    clock.forward(Duration.ofSeconds(50));
    assertThat(ask(key)).isEmpty();
    assertThat(ask(key))
        .hasValueSatisfying(reached -> assertThat(reached.quota()).isEqualTo("RequestsPerDay"));
    clock.forward(Duration.ofDays(1));
    assertThat(ask(key)).isEmpty();
    state.quotas().sweep();
    assertThat(ask(key)).isEmpty();
  }

  @Test
  void tokensCountWhenAnAnswerEnds() {
    ApiKey key = key(new Limits(none(), none(), number(100), number(1000), none()));
    assertThat(state.quotas().begin(key)).isEmpty();
    state.quotas().end(key, 100);
    assertThat(ask(key)).contains(new Exceeded("TokensPerMinute", 100, Duration.ofSeconds(50)));
    clock.forward(Duration.ofMinutes(1));
    assertThat(state.quotas().begin(key)).isEmpty();
    state.quotas().end(key, 900);
    clock.forward(Duration.ofMinutes(1));
    assertThat(ask(key))
        .hasValueSatisfying(reached -> assertThat(reached.quota()).isEqualTo("TokensPerDay"));
  }

  @Test
  void requestsAtOnceAreCounted() {
    ApiKey key = key(new Limits(none(), none(), none(), none(), number(2)));
    assertThat(state.quotas().begin(key)).isEmpty();
    assertThat(state.quotas().begin(key)).isEmpty();
    assertThat(state.quotas().begin(key))
        .contains(new Exceeded("ConcurrentRequests", 2, Duration.ofSeconds(1)));
    state.quotas().end(key, 0);
    assertThat(state.quotas().begin(key)).isEmpty();
  }

  @Test
  void twoServersDoNotGiveTheSameRequestAway() throws Exception {
    ApiKey key = key(new Limits(number(20), none(), none(), none(), none()));
    try (ServerState other = ServerState.open(url(), clock);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Optional<Exceeded>>> calls =
          IntStream.range(0, 40)
              .<Callable<Optional<Exceeded>>>mapToObj(
                  i -> () -> (i % 2 == 0 ? state : other).quotas().begin(key))
              .toList();
      long passed = 0;
      for (Future<Optional<Exceeded>> call : threads.invokeAll(calls)) {
        passed += call.get().isEmpty() ? 1 : 0;
      }
      assertThat(passed).isEqualTo(20);
    }
  }

  @Test
  void theAuditLogTellsWhatWasDone() {
    state.audit().write("key1", "shop", "keys.create", "key2", "ok");
    clock.forward(Duration.ofSeconds(1));
    state.audit().write("key2", "shop", "files.get", "files/x", "PERMISSION_DENIED");
    assertThat(state.audit().list(clock.instant().plusSeconds(1), 10))
        .extracting(AuditLog.Entry::action)
        .containsExactly("files.get", "keys.create");
    assertThat(state.audit().list(clock.instant(), 10)).hasSize(1);
    assertThat(state.audit().list(clock.instant().plusSeconds(1), 1)).hasSize(1);
  }

  @Test
  void requestsAreRememberedForAMonth() {
    assertThat(state.requests().add(request("1", "shop"))).isTrue();
    assertThat(state.requests().add(request("2", "lab"))).isTrue();
    state.requests().flush();
    Instant now = clock.instant().plusSeconds(1);
    assertThat(state.requests().list("", now, 10)).hasSize(2);
    assertThat(state.requests().list("lab", now, 10)).containsExactly(request("2", "lab"));
    clock.forward(Duration.ofDays(31));
    state.requests().flush();
    assertThat(state.requests().list("", clock.instant(), 10)).isEmpty();
  }

  @Test
  void requestsMayBeForgottenAtOnce() throws Exception {
    state.requests().add(request("1", "shop"));
    state.requests().flush();
    try (ServerState silent = ServerState.open(url(), clock, Duration.ZERO)) {
      assertThat(silent.requests().add(request("2", "shop"))).isTrue();
      clock.forward(Duration.ofSeconds(1));
      silent.requests().flush();
      assertThat(silent.requests().list("", clock.instant(), 10)).isEmpty();
    }
  }

  @Test
  void cachesLiveAsLongAsTheyWereGiven() {
    Caches caches = state.caches();
    Instant now = clock.instant();
    Cache cache = caches.create("shop", "models/x", "mine", "{}", 7, now.plusSeconds(60));
    Cache other = caches.create("lab", "models/x", "", "{\"a\":1}", 7, now.plusSeconds(600));
    assertThat(caches.find(cache.id())).contains(cache);
    assertThat(caches.list("shop", 0, 10)).containsExactly(cache);
    assertThat(caches.list("lab", 0, 10)).containsExactly(other);
    assertThat(caches.list("lab", 1, 10)).isEmpty();
    assertThat(caches.expireAt(cache.id(), now.plusSeconds(120))).isTrue();
    clock.forward(Duration.ofSeconds(119));
    assertThat(caches.find(cache.id())).isPresent();
    clock.forward(Duration.ofSeconds(1));
    assertThat(caches.find(cache.id())).isEmpty();
    assertThat(caches.expireAt(cache.id(), now.plusSeconds(900))).isFalse();
    assertThat(caches.delete(other.id())).isTrue();
    assertThat(caches.delete(other.id())).isFalse();
  }

  @Test
  void aBatchIsAnsweredRowByRow() {
    Batches batches = state.batches();
    Batch made = batches.create(order("shop", 0), rows(3));
    assertThat(made.state()).isEqualTo(Batch.State.PENDING);
    assertThat(made.counts()).isEqualTo(new Batch.Counts(3, 0, 0));
    Batch mine = batches.claim("me", LEASE).orElseThrow();
    assertThat(mine.id()).isEqualTo(made.id());
    assertThat(mine.state()).isEqualTo(Batch.State.RUNNING);
    assertThat(batches.claim("other", LEASE)).isEmpty();
    assertThat(batches.answer(mine.id(), "other", 0, "{}", false)).isFalse();
    assertThat(batches.answer(mine.id(), "me", 0, "{\"a\":0}", false)).isTrue();
    assertThat(batches.answer(mine.id(), "me", 0, "{\"a\":1}", false)).isFalse();
    assertThat(batches.answer(mine.id(), "me", 2, "{\"e\":2}", true)).isTrue();
    assertThat(batches.pending(mine.id(), 0, 10))
        .extracting(Batch.Row::position)
        .containsExactly(1L);
    assertThat(batches.find(mine.id()).orElseThrow().counts()).isEqualTo(new Batch.Counts(3, 1, 1));
    assertThat(batches.succeed(mine.id(), Optional.of("file"))).isTrue();
    assertThat(batches.succeed(mine.id(), Optional.empty())).isFalse();
    Batch done = batches.find(mine.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(Batch.State.SUCCEEDED);
    assertThat(done.outputFile()).contains("file");
    assertThat(done.ended()).contains(clock.instant());
    assertThat(batches.rows(mine.id(), 0, 10))
        .extracting(Batch.Row::outcome)
        .containsExactly(Optional.of("{\"a\":0}"), Optional.empty(), Optional.of("{\"e\":2}"));
    assertThat(batches.delete(mine.id())).isTrue();
    assertThat(batches.find(mine.id())).isEmpty();
    assertThat(batches.rows(mine.id(), 0, 10)).isEmpty();
  }

  @Test
  void aLeaseThatEndsIsTakenOver() {
    Batches batches = state.batches();
    String id = batches.create(order("shop", 0), rows(2)).id();
    assertThat(batches.claim("dead", LEASE)).isPresent();
    clock.forward(LEASE.minusSeconds(1));
    assertThat(batches.renew(id, "dead", LEASE)).isTrue();
    clock.forward(LEASE);
    assertThat(batches.claim("heir", LEASE)).isEmpty();
    clock.forward(Duration.ofMillis(1));
    assertThat(batches.claim("heir", LEASE)).isPresent();
    assertThat(batches.renew(id, "dead", LEASE)).isFalse();
    assertThat(batches.answer(id, "dead", 0, "{}", false)).isFalse();
    batches.release(id, "heir");
    assertThat(batches.claim("third", LEASE)).isPresent();
  }

  @Test
  void whatIsMoreUrgentGoesFirstAndWhatIsTooOldExpires() {
    Batches batches = state.batches();
    String first = batches.create(order("shop", 0), rows(1)).id();
    clock.forward(Duration.ofSeconds(1));
    String urgent = batches.create(order("shop", 5), rows(1)).id();
    String last = batches.create(order("lab", 0), rows(1)).id();
    assertThat(batches.claim("me", LEASE).orElseThrow().id()).isEqualTo(urgent);
    assertThat(batches.claim("me", LEASE).orElseThrow().id()).isEqualTo(first);
    assertThat(batches.list("shop", 0, 10)).extracting(Batch::id).containsExactly(urgent, first);
    assertThat(batches.cancel(first)).isTrue();
    assertThat(batches.renew(first, "me", LEASE)).isFalse();
    batches.expire(Duration.ofHours(48));
    assertThat(batches.find(last).orElseThrow().state()).isEqualTo(Batch.State.PENDING);
    clock.forward(Duration.ofHours(49));
    batches.expire(Duration.ofHours(48));
    assertThat(batches.find(last).orElseThrow().state()).isEqualTo(Batch.State.EXPIRED);
    assertThat(batches.find(first).orElseThrow().state()).isEqualTo(Batch.State.CANCELLED);
  }

  @Test
  void nothingIsKeptOfABatchWhoseRowsFail() {
    Iterator<Batch.NewRow> broken =
        Stream.concat(stream(700), Stream.generate(() -> fail())).iterator();
    assertThatThrownBy(() -> state.batches().create(order("shop", 0), broken))
        .hasMessageContaining("the file ends here");
    assertThat(state.batches().list("shop", 0, 10)).isEmpty();
  }

  @Test
  void manyServersTakeEachBatchOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      state.batches().create(order("shop", 0), rows(1));
    }
    try (ServerState other = ServerState.open(url(), clock);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<String>>> servers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String name = "server" + i;
        Batches batches = (i % 2 == 0 ? state : other).batches();
        servers.add(() -> claimAll(batches, name));
      }
      List<String> taken = new ArrayList<>();
      for (Future<List<String>> server : threads.invokeAll(servers)) {
        taken.addAll(server.get());
      }
      assertThat(taken).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void interactionsAreKeptInChainsUntilTheyExpire() throws Exception {
    Interactions interactions = state.interactions();
    StoredInteraction first =
        interaction("a", Optional.empty(), StoredInteraction.Status.COMPLETED);
    interactions.create(first);
    interactions.create(
        interaction("b", Optional.of("a"), StoredInteraction.Status.REQUIRES_ACTION));
    interactions.create(interaction("c", Optional.of("b"), StoredInteraction.Status.COMPLETED));
    reopen();
    interactions = state.interactions();
    assertThat(interactions.find("a")).contains(first);
    assertThat(interactions.chain("c"))
        .extracting(StoredInteraction::id)
        .containsExactly("a", "b", "c");
    assertThat(interactions.delete("a")).isTrue();
    assertThat(interactions.delete("a")).isFalse();
    assertThat(interactions.chain("c")).extracting(StoredInteraction::id).containsExactly("b", "c");
    assertThat(interactions.cancel("c")).as("it has ended").isFalse();
    clock.forward(Interactions.RETENTION);
    assertThat(interactions.find("b")).isEmpty();
    assertThat(interactions.chain("c")).isEmpty();
  }

  @Test
  void anInteractionIsAnsweredByWhoHoldsItsLease() {
    Interactions interactions = state.interactions();
    interactions.create(interaction("a", Optional.empty(), StoredInteraction.Status.QUEUED));
    assertThat(interactions.claim("me", LEASE).orElseThrow().request()).contains("{}");
    assertThat(interactions.claim("you", LEASE)).isEmpty();
    clock.forward(LEASE.plusSeconds(1));
    assertThat(interactions.claim("you", LEASE)).isPresent();
    assertThat(interactions.renew("a", "me", LEASE)).isFalse();
    assertThat(interactions.finish("a", "me", StoredInteraction.Status.COMPLETED, "x")).isFalse();
    interactions.release("a", "you");
    assertThat(interactions.find("a").orElseThrow().status())
        .isEqualTo(StoredInteraction.Status.QUEUED);
    assertThat(interactions.claim("me", LEASE)).isPresent();
    assertThat(interactions.finish("a", "me", StoredInteraction.Status.INCOMPLETE, "x")).isTrue();
    StoredInteraction done = interactions.find("a").orElseThrow();
    assertThat(done.status()).isEqualTo(StoredInteraction.Status.INCOMPLETE);
    assertThat(done.output()).isEqualTo("x");
    assertThat(done.request()).isEmpty();
  }

  @Test
  void aCancelledInteractionStaysSoAndKeepsWhatWasSaid() {
    Interactions interactions = state.interactions();
    interactions.create(interaction("a", Optional.empty(), StoredInteraction.Status.QUEUED));
    assertThat(interactions.claim("me", LEASE)).isPresent();
    assertThat(interactions.cancel("a")).isTrue();
    assertThat(interactions.renew("a", "me", LEASE)).isFalse();
    assertThat(interactions.finish("a", "me", StoredInteraction.Status.COMPLETED, "x")).isTrue();
    StoredInteraction done = interactions.find("a").orElseThrow();
    assertThat(done.status()).isEqualTo(StoredInteraction.Status.CANCELLED);
    assertThat(done.output()).isEqualTo("x");
    assertThat(interactions.claim("you", LEASE)).isEmpty();
  }

  private static List<String> claimAll(Batches batches, String name) {
    List<String> taken = new ArrayList<>();
    int misses = 0;
    while (misses < 20) { // Losing a race is no sign that nothing is left.
      Optional<Batch> batch = batches.claim(name, LEASE);
      batch.ifPresent(mine -> taken.add(mine.id()));
      misses = batch.isPresent() ? 0 : misses + 1;
    }
    return taken;
  }

  private void reopen() throws Exception {
    state.close();
    open();
  }

  private ApiKey key(Limits limits) {
    return state.keys().create("shop", "CI", Role.DEVELOPER, limits).key();
  }

  private Optional<Exceeded> ask(ApiKey key) {
    Optional<Exceeded> reached = state.quotas().begin(key);
    if (reached.isEmpty()) {
      state.quotas().end(key, 0);
    }
    return reached;
  }

  private RequestLog.Entry request(String id, String project) {
    return new RequestLog.Entry(
        id,
        Instant.parse("2026-11-27T12:00:00Z"),
        "key",
        project,
        "POST",
        "/v1beta/models/x:generateContent",
        200,
        12,
        3,
        4);
  }

  private StoredInteraction interaction(
      String id, Optional<String> previous, StoredInteraction.Status status) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return new StoredInteraction(
        id, "shop", previous, status, Optional.of("{}"), "in", "out", now, now);
  }

  private static Order order(String project, long priority) {
    return new Order(project, "models/x", Batch.Kind.GENERATE, "mine", Optional.empty(), priority);
  }

  private static Iterator<Batch.NewRow> rows(int count) {
    return stream(count).iterator();
  }

  private static Stream<Batch.NewRow> stream(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new Batch.NewRow(Optional.of("row" + i), Optional.empty(), "{\"n\":" + i + "}"));
  }

  private static Batch.NewRow fail() {
    throw new IllegalStateException("the file ends here");
  }

  private static OptionalLong number(long value) {
    return OptionalLong.of(value);
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }
}
