package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real Gemma 3 vocabulary against ids that other programs recorded. */
final class Gemma3VocabularyTest {

  @TestFactory
  Stream<DynamicTest> everyRecordedTextGivesItsIds() {
    Path folder = TestFiles.data("tokenizers/gemma3");
    Tokenizer tokenizer =
        Tokenizers.fromGguf(
            Gemma3Vocabulary.read(folder.resolve("vocabulary.bin")), "vocabulary.bin");
    List<JsonNode> cases = new ArrayList<>();
    new JsonMapper()
        .readTree(folder.resolve("gemma3_expected.json").toFile())
        .path("cases")
        .forEach(cases::add);
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(each -> {
          String text = each.path("text").stringValue();
          JsonNode ids = each.path("ids");
          int[] expected = IntStream.range(0, ids.size()).map(i -> ids.get(i).intValue()).toArray();
          return DynamicTest.dynamicTest(
              "text " + text.strip(),
              () -> {
                assertThat(tokenizer.encode(text)).isEqualTo(expected);
                assertThat(tokenizer.decode(expected)).isEqualTo(text);
              });
        });
  }
}
