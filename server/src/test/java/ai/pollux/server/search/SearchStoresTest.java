package ai.pollux.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SearchStoresTest {
  private static final DocumentReader READER = new DocumentReader();

  @TempDir private Path folder;
  private SearchStores stores;
  private String store;

  @AfterAll
  static void stop() {
    READER.close();
  }

  @BeforeEach
  void open() {
    stores = reopened();
    store = stores.create("My Books!", "test").id();
  }

  private SearchStores reopened() {
    return new SearchStores(folder.resolve("stores"), Clock.systemUTC());
  }

  /** Four numbers: how often a text has the letters e, a, o and all others. */
  private static List<float[]> letters(List<String> texts) {
    return texts.stream().map(text -> vector(text, 4)).toList();
  }

  private static float[] vector(String text, int length) {
    float[] counts = new float[length];
    text.toLowerCase(Locale.ROOT)
        .chars()
        .forEach(c -> counts[c == 'e' ? 0 : c == 'a' ? 1 : c == 'o' ? 2 : 3]++);
    double sum = 0;
    for (float count : counts) {
      sum += count * count;
    }
    for (int i = 0; i < length; i++) {
      counts[i] /= (float) Math.sqrt(sum);
    }
    return counts;
  }

  private StoredDocument add(String text, Metadatum... metadata) throws Exception {
    StoredDocument pending = begin(text, metadata);
    stores.index(store, pending.id(), READER, SearchStoresTest::letters);
    return stores.find(store).document(pending.id()).orElseThrow();
  }

  private StoredDocument begin(String text, Metadatum... metadata) throws IOException {
    Path file = Files.createTempFile(folder, "new", ".txt");
    Files.writeString(file, text);
    String title = text.split(" ", 2)[0];
    NewDocument wanted = new NewDocument(title, "text/plain", List.of(metadata), Chunking.DEFAULT);
    return stores.add(store, wanted, file, true);
  }

  private static Metadatum text(String key, String value) {
    return new Metadatum(key, Optional.of(value), Optional.empty(), List.of());
  }

  private static Metadatum number(String key, double value) {
    return new Metadatum(key, Optional.empty(), Optional.of(value), List.of());
  }

  private static Metadatum list(String key, String... values) {
    return new Metadatum(key, Optional.empty(), Optional.empty(), List.of(values));
  }

  private List<String> find(String words, String filter) {
    Question question = Question.of(words, vector(words, 4), filter, 10);
    return Rankings.fuse(List.of(stores.find(store).find(question)), 10).stream()
        .map(passage -> passage.document().displayName())
        .toList();
  }

  @Test
  void storesAndDocumentsAreThereAfterReopening() throws Exception {
    StoredDocument ants = add("Ants live under the hill.", text("kind", "animal"));
    StoredDocument waiting = begin("Bees live in a hive.");
    stores = reopened();
    SearchStore found = stores.list().getFirst();
    assertThat(found.id()).isEqualTo(store).matches("my-books-[a-z0-9]{12}");
    assertThat(found.displayName()).isEqualTo("My Books!");
    assertThat(found.embeddingModel()).isEqualTo("test");
    assertThat(List.of(found.active(), found.pending(), found.failed(), found.bytes()))
        .containsExactly(1L, 1L, 0L, 25L + 20L);
    assertThat(stores.find(store).documents()).containsExactly(ants, waiting);
    assertThat(ants.state()).isEqualTo(StoredDocument.State.ACTIVE);
    assertThat(find("who lives under a hill?", "")).containsExactly("Ants");
    // What was only begun is gone on with, as often as anybody likes.
    assertThat(stores.pending()).containsEntry(store, List.of(waiting));
    for (int i = 0; i < 2; i++) {
      stores.index(store, waiting.id(), READER, SearchStoresTest::letters);
    }
    assertThat(stores.pending()).isEmpty();
    assertThat(find("in a hive", "")).containsExactly("Bees", "Ants");
    assertThat(stores.find(store).describe().active()).isEqualTo(2);
    assertThat(folder.resolve("stores").resolve(store).resolve("sources")).isEmptyDirectory();
  }

  @Test
  void filtersChooseByMetadata() throws Exception {
    add("Emma", text("author", "Austen"), number("year", 1815), list("tags", "novel", "love"));
    add("Origin", text("author", "Darwin"), number("year", 1859), list("tags", "science"));
    add("Bare");
    assertThat(find("x", "author = \"Austen\"")).containsExactly("Emma");
    assertThat(find("x", "author = austen")).isEmpty();
    assertThat(find("x", "author != Austen"))
        .as("what says no author has no other one")
        .containsExactly("Origin");
    assertThat(find("x", "NOT author = Austen")).containsExactlyInAnyOrder("Origin", "Bare");
    assertThat(find("x", "year > 1815")).containsExactly("Origin");
    assertThat(find("x", "year >= 1815")).containsExactlyInAnyOrder("Emma", "Origin");
    assertThat(find("x", "year < 1859 AND year <= 1815")).containsExactly("Emma");
    assertThat(find("x", "year = 1859")).containsExactly("Origin");
    assertThat(find("x", "year != 1859")).containsExactly("Emma");
    assertThat(find("x", "year = \"1859\"")).as("text is no number").isEmpty();
    assertThat(find("x", "year < -1e999")).isEmpty();
    assertThat(find("x", "author < B AND author >= A")).containsExactly("Emma");
    assertThat(find("x", "author > B OR author <= A")).containsExactly("Origin");
    assertThat(find("x", "tags:love")).containsExactly("Emma");
    assertThat(find("x", "tags = love")).as("a list equals no text").isEmpty();
    assertThat(find("x", "tags:*")).containsExactlyInAnyOrder("Emma", "Origin");
    assertThat(find("x", "author:Darwin OR tags:novel"))
        .containsExactlyInAnyOrder("Emma", "Origin");
    assertThat(find("Origin", "author = Austen"))
        .as("the words do not help what the filter takes out")
        .containsExactly("Emma");
  }

  @Test
  void whatCannotBeReadFailsWithAReason() throws Exception {
    StoredDocument failed = add("\u0000\u0001\u0002\u0003");
    assertThat(failed.state()).isEqualTo(StoredDocument.State.FAILED);
    assertThat(failed.error().orElseThrow())
        .isEqualTo(
            "expected text, HTML, Markdown, JSON or a PDF, found text/plain of 4 bytes. Send its text");
    assertThat(add(" \n ").error()).contains("the file has no text. Send one with text in it");
    assertThat(stores.find(store).describe().failed()).isEqualTo(2);
    StoredDocument lost = begin("Gone");
    Files.delete(folder.resolve("stores").resolve(store).resolve("sources").resolve(lost.id()));
    stores.index(store, lost.id(), READER, SearchStoresTest::letters);
    assertThat(stores.find(store).document(lost.id()).orElseThrow().error())
        .contains("The file was lost. Upload it again.");
  }

  @Test
  void htmlLosesItsTagsAndItsScripts() {
    String html =
        "<html><head><title>T</title><script>bad()</script></head><body><p>One <b>two</b></body>";
    assertThat(READER.read(html.getBytes(StandardCharsets.UTF_8), "text/html").getFirst().text())
        .contains("One two")
        .doesNotContain("bad", "<");
    assertThat(READER.read(html.getBytes(StandardCharsets.UTF_8), "text/plain").getFirst().text())
        .isEqualTo(html);
  }

  @Test
  void deletingDeletes() throws Exception {
    StoredDocument ants = add("Ants live under the hill.");
    assertThatThrownBy(() -> stores.deleteDocument(store, ants.id(), false))
        .hasMessage(
            "fileSearchStores/%s/documents/%s has 1 chunks. Delete it with force=true."
                .formatted(store, ants.id()));
    assertThatThrownBy(() -> stores.delete(store, false))
        .hasMessage(
            "fileSearchStores/%s has 1 documents. Delete them, or it with force=true."
                .formatted(store));
    stores.deleteDocument(store, ants.id(), true);
    assertThat(find("ants", "")).isEmpty();
    assertThat(stores.find(store).describe().bytes()).isZero();
    assertThatThrownBy(() -> stores.deleteDocument(store, ants.id(), true))
        .hasMessageEndingWith("does not exist.");
    StoredDocument bees = begin("Bees");
    stores.deleteDocument(store, bees.id(), true);
    stores.index(store, bees.id(), READER, SearchStoresTest::letters);
    assertThat(stores.find(store).documents()).as("it stays deleted").isEmpty();
    stores.delete(store, false);
    assertThat(stores.list()).isEmpty();
    assertThat(folder.resolve("stores")).isEmptyDirectory();
    assertThatThrownBy(() -> stores.find(store))
        .hasMessage("fileSearchStores/%s does not exist.".formatted(store));
    assertThatThrownBy(() -> stores.find("..")).hasMessage("fileSearchStores/.. does not exist.");
  }

  @Test
  void whoeverWritesWaitsForTheOthers() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StoredDocument>> adding = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String text = "Document number " + i;
        adding.add(threads.submit(() -> add(text)));
      }
      for (Future<StoredDocument> each : adding) {
        assertThat(each.get().state()).isEqualTo(StoredDocument.State.ACTIVE);
      }
    }
    assertThat(stores.find(store).describe().active()).isEqualTo(12);
    assertThat(stores.find(store).documents()).hasSize(12);
  }

  @Test
  void vectorsMayBeAsLongAsLargeModelsMakeThem() throws Exception {
    StoredDocument document = begin("Ants live under the hill.");
    stores.index(
        store,
        document.id(),
        READER,
        texts -> texts.stream().map(text -> vector(text, 5376)).toList());
    Question question = Question.of("zzz", vector("zzz", 5376), "", 3);
    assertThat(stores.find(store).find(question).byVectors()).hasSize(1);
    assertThat(stores.find(store).find(question).byWords()).isEmpty();
    Question other = Question.of("ants", vector("ants", 4), "", 3);
    assertThatThrownBy(() -> stores.find(store).find(other))
        .hasMessage(
            "fileSearchStores/%s has vectors of length 5376, and the model test makes such of length 4 now. Make a new store."
                .formatted(store));
  }
}
