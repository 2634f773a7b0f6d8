package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.sentencepiece.SpTokenizer;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every model of data/tokenizers/sentencepiece, line by line, against SentencePiece itself. */
final class SentencePieceOracleTest {
  private static final List<String> HARD =
      List.of(
          "",
          " ",
          "   two   spaces   ",
          "\uFF21\uFF22\uFF23 \u2460 \u00BD \uFB01 \u330D", // compatibility forms
          "e\u0301 \u304B\u3099 \u1100\u1161",
          "\u00A0\u3000\u200B\uFEFF\u00AD x",
          "\0 a\tb\r\nc \u0001",
          "\uD83D\uDE00\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69",
          "<s> </s> <unk> \u2581a",
          "\u0627\u0644\u0633\u0644\u0627\u0645 \u05E9\u05DC\u05D5\u05DD");

  @TestFactory
  Stream<DynamicTest> everyLineGivesTheSamePieces() throws IOException {
    try (Stream<Path> files = Files.list(TestFiles.data("tokenizers/sentencepiece"))) {
      List<Path> models =
          files.filter(file -> file.toString().endsWith(".model")).sorted().toList();
      assertThat(models).isNotEmpty();
      return models.stream()
          .map(
              model -> DynamicTest.dynamicTest(model.getFileName().toString(), () -> check(model)));
    }
  }

  private static void check(Path model) throws IOException {
    Tokenizer tokenizer = Tokenizers.fromSentencePiece(model);
    try (SpTokenizer oracle = new SpTokenizer(model);
        Stream<Path> texts = Files.list(model.getParent())) {
      for (String text : HARD) {
        compare(tokenizer, oracle, text);
      }
      for (Path text : texts.filter(file -> file.toString().endsWith(".txt")).sorted().toList()) {
        for (String line : Files.readAllLines(text)) {
          compare(tokenizer, oracle, line);
        }
      }
    }
  }

  private static void compare(Tokenizer tokenizer, SpTokenizer oracle, String text) {
    int[] ids = tokenizer.encode(text);
    assertThat(ids).as(text).isEqualTo(oracle.getProcessor().encode(text));
  }
}
