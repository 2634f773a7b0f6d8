package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vocabulary of data/tokenizers/gguf-vocab against llama.cpp's recorded ids. */
final class GgufVocabTest {

  @TestFactory
  Stream<DynamicTest> everyRecordedTextGivesItsIds() throws IOException {
    try (Stream<Path> files = Files.list(TestFiles.data("tokenizers/gguf-vocab"))) {
      List<Path> vocabularies =
          files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList();
      assertThat(vocabularies).isNotEmpty();
      return vocabularies.stream().flatMap(GgufVocabTest::tests);
    }
  }

  private static Stream<DynamicTest> tests(Path file) {
    Tokenizer tokenizer = Tokenizers.fromGguf(GgufFile.read(file), file.toString());
    String[] texts = read(file + ".inp").split("\n__ggml_vocab_test__\n", -1);
    String[] expected = read(file + ".out").split("\n", -1);
    return IntStream.range(0, texts.length)
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                file.getFileName() + " " + i,
                () -> {
                  int[] ids = tokenizer.encode(texts[i]);
                  assertThat(ids).as(texts[i]).isEqualTo(ints(expected[i]));
                  assertThat(tokenizer.decode(ids)).isEqualTo(texts[i]);
                }));
  }

  private static int[] ints(String line) {
    return Arrays.stream(line.split(" "))
        .filter(each -> !each.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
