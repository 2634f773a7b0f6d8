package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every tokenizer under goldens/tokenizers against the reference libraries' encodings. */
final class TokenizerGoldenTest {
  private static final String ENCODINGS = "encodings.json";

  @TestFactory
  Stream<DynamicTest> tokenizerJsonGivesTheReferencesIds() throws IOException {
    return cases("tokenizer.json")
        .flatMap(folder -> {
          Tokenizer tokenizer = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
          return strings(folder).map(each -> test(folder, each, () -> checkJson(tokenizer, each)));
        });
  }

  @TestFactory
  Stream<DynamicTest> sentencePieceGivesTheReferencesIds() throws IOException {
    return cases("tokenizer.model")
        .flatMap(folder -> {
          Tokenizer tokenizer = Tokenizers.fromSentencePiece(folder.resolve("tokenizer.model"));
          return strings(folder)
              .map(each -> test(folder, each, () -> checkSentencePiece(tokenizer, each)));
        });
  }

  @TestFactory
  Stream<DynamicTest> ggufVocabulariesGiveTheReferencesIds() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(TestFiles.golden("."), 4)) {
      files = walk.filter(path -> path.endsWith("model-f32.gguf")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream().flatMap(TokenizerGoldenTest::ggufTests);
  }

  @TestFactory
  Stream<DynamicTest> chatsGiveTheReferencesIds() throws IOException {
    return Stream.of("gemma3", "gemma4")
        .flatMap(family -> {
          Path folder = TestFiles.golden("tokenizers/" + family);
          Tokenizer tokenizer = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
          JsonNode rows = json(TestFiles.golden("chat/" + family + ".json"));
          return rowsWithIds(rows).stream()
              .map(row -> test(folder, row, () -> checkChat(tokenizer, row)));
        });
  }

  private static Stream<DynamicTest> ggufTests(Path file) {
    JsonNode hf = json(file.resolveSibling("hf").resolve("tokenizer.json"));
    Path folder;
    try {
      folder =
          cases("tokenizer.json")
              .filter(each -> json(each.resolve("tokenizer.json")).equals(hf))
              .findFirst()
              .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Tokenizer tokenizer = Tokenizers.fromGguf(GgufFile.read(file), file.toString());
    boolean sentencePiece = Files.exists(folder.resolve("tokenizer.model"));
    return strings(folder)
        // The converter wrote user-defined pieces as normal ones; no merges lead to this one.
        .filter(each -> !sentencePiece || !each.path("text").stringValue().contains("<table>"))
        .map(each -> test(file, each, () -> checkGguf(tokenizer, each, sentencePiece)));
  }

  private static void checkJson(Tokenizer tokenizer, JsonNode each) {
    String text = each.path("text").stringValue();
    int[] ids = tokenizer.encodeWithSpecials(text);
    assertThat(ids).isEqualTo(ints(each.path("ids")));
    assertThat(tokenizer.framed(ids)).isEqualTo(ints(each.path("ids_with_specials")));
    assertThat(tokenizer.decode(ids)).isEqualTo(each.path("decoded").stringValue());
    assertThat(streamed(tokenizer, ids)).isEqualTo(each.path("decoded").stringValue());
    assertThat(IntStream.of(tokenizer.encode(text)).noneMatch(tokenizer::isControl)).isTrue();
  }

  private static void checkSentencePiece(Tokenizer tokenizer, JsonNode each) {
    int[] ids = tokenizer.encode(each.path("text").stringValue());
    assertThat(ids).isEqualTo(ints(each.path("sentencepiece_ids")));
    assertThat(tokenizer.decode(ids)).isEqualTo(each.path("decoded").stringValue());
  }

  private static void checkGguf(Tokenizer tokenizer, JsonNode each, boolean sentencePiece) {
    String text = each.path("text").stringValue();
    // Without merges in the file SentencePiece's rules hold; it reads no control tokens.
    boolean plain = sentencePiece && !spellsControl(tokenizer, text);
    int[] expected = ints(each.path(plain ? "sentencepiece_ids" : "ids"));
    int[] ids = plain ? tokenizer.encode(text) : tokenizer.encodeWithSpecials(text);
    assertThat(ids).isEqualTo(expected);
    assertThat(tokenizer.decode(ids)).isEqualTo(each.path("decoded").stringValue());
  }

  private static boolean spellsControl(Tokenizer tokenizer, String text) {
    return IntStream.range(0, tokenizer.vocabularySize())
        .filter(tokenizer::isControl)
        .anyMatch(id -> text.contains(tokenizer.piece(id)));
  }

  private static void checkChat(Tokenizer tokenizer, JsonNode row) {
    assertThat(tokenizer.encodeWithSpecials(row.path("text").stringValue()))
        .isEqualTo(ints(row.path("ids")));
  }

  private static String streamed(Tokenizer tokenizer, int[] ids) {
    Detokenizer detokenizer = tokenizer.detokenizer();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String part = detokenizer.push(id);
      if (!part.isEmpty()) {
        assertThat(Character.isLowSurrogate(part.charAt(0))).isFalse();
        assertThat(Character.isHighSurrogate(part.charAt(part.length() - 1))).isFalse();
      }
      text.append(part);
    }
    return text.append(detokenizer.flush()).toString();
  }

  private static Stream<Path> cases(String file) throws IOException {
    try (Stream<Path> folders = Files.list(TestFiles.golden("tokenizers"))) {
      List<Path> found =
          folders
              .filter(folder -> Files.exists(folder.resolve(ENCODINGS)))
              .filter(folder -> Files.exists(folder.resolve(file)))
              .sorted()
              .toList();
      assertThat(found).isNotEmpty();
      return found.stream();
    }
  }

  private static Stream<JsonNode> strings(Path folder) {
    List<JsonNode> strings = new ArrayList<>();
    json(folder.resolve(ENCODINGS)).path("strings").forEach(strings::add);
    assertThat(strings).isNotEmpty();
    return strings.stream();
  }

  private static List<JsonNode> rowsWithIds(JsonNode node) {
    List<JsonNode> rows = new ArrayList<>();
    if (node.has("ids") && node.has("text")) {
      rows.add(node);
    } else {
      node.forEach(child -> rows.addAll(rowsWithIds(child)));
    }
    return rows;
  }

  private static DynamicTest test(Path folder, JsonNode each, Executable check) {
    String text = each.path("text").stringValue().replaceAll("\\p{Cntrl}+", " ");
    String name = folder.getParent().getFileName() + "/" + folder.getFileName() + ": " + text;
    return DynamicTest.dynamicTest(name.substring(0, Math.min(name.length(), 80)), check);
  }

  private static JsonNode json(Path file) {
    return new JsonMapper().readTree(file.toFile());
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
  }
}
