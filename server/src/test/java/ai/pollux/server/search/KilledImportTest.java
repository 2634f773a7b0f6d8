package ai.pollux.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after kill -9. */
final class KilledImportTest {
  private static final int KILLS = 6;

  @TempDir private Path folder;

  @Test
  void acknowledgedDocumentsOutliveTheProcess() throws Exception {
    SearchStores stores = new SearchStores(folder, Clock.systemUTC());
    String store = stores.create("killed", "test").id();
    Random random = new Random(3);
    Set<String> begun = new HashSet<>();
    Set<String> finished = new HashSet<>();
    for (int i = 0; i < KILLS; i++) {
      Process process = start(store);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = said.readLine();
        Thread kill = Thread.ofVirtual().start(() -> killLater(process, random.nextInt(1500)));
        for (; line != null; line = said.readLine()) {
          (line.startsWith("begun ") ? begun : finished).add(line.substring(line.indexOf(' ') + 1));
        }
        kill.join();
      }
      stores = new SearchStores(folder, Clock.systemUTC());
      assertState(stores, store, begun, finished);
    }
    assertThat(finished).hasSizeGreaterThan(KILLS);
    // What was begun can be gone on with.
    try (DocumentReader reader = new DocumentReader()) {
      for (StoredDocument each : stores.pending().getOrDefault(store, List.of())) {
        stores.index(store, each.id(), reader, KilledImportTest::vectors);
      }
    }
    SearchStore end = stores.find(store).describe();
    assertThat(end.pending()).isZero();
    assertThat(end.failed()).isZero();
    assertThat(chunks(stores, store)).hasSize((int) end.active());
  }

  private static void assertState(
      SearchStores stores, String store, Set<String> begun, Set<String> finished) {
    List<StoredDocument> documents = stores.find(store).documents();
    Set<String> known = new HashSet<>();
    Set<String> active = new HashSet<>();
    for (StoredDocument document : documents) {
      known.add(document.id());
      if (document.state() == StoredDocument.State.ACTIVE) {
        active.add(document.id());
      }
    }
    assertThat(known).containsAll(begun);
    assertThat(active).containsAll(finished);
    assertThat(chunks(stores, store))
        .as("each once, and all of it")
        .isEqualTo(List.copyOf(active.stream().sorted().toList()));
    SearchStore counted = stores.find(store).describe();
    assertThat(counted.active()).isEqualTo(active.size());
    assertThat(counted.pending()).isEqualTo(documents.size() - active.size());
  }

  /** The documents of all chunks, in order. */
  private static List<String> chunks(SearchStores stores, String store) {
    Question all = Question.of("story", new float[] {1}, "", 10_000);
    return stores.find(store).find(all).byWords().stream()
        .map(passage -> passage.document().id())
        .sorted()
        .toList();
  }

  private Process start(String store) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledImportTest.class.getName(),
            folder.toString(),
            store)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void killLater(Process process, int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private static List<float[]> vectors(List<String> texts) {
    return texts.stream().map(_ -> new float[] {1}).toList();
  }

  /** Takes documents in until it is killed, and says what is done. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SearchStores stores = new SearchStores(folder, Clock.systemUTC());
    try (DocumentReader reader = new DocumentReader()) {
      while (true) {
        Path file = Files.createTempFile(folder, ".new", ".txt");
        Files.writeString(file, "A story.");
        NewDocument wanted = new NewDocument("", "text/plain", List.of(), Chunking.DEFAULT);
        String id = stores.add(arguments[1], wanted, file, true).id();
        System.out.println("begun " + id);
        stores.index(arguments[1], id, reader, KilledImportTest::vectors);
        System.out.println("finished " + id);
      }
    }
  }
}
