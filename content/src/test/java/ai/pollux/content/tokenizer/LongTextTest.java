package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import ai.pollux.testkit.TestFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A megabyte without a place to cut costs n log n, not n². */
final class LongTextTest {
  private static final int LENGTH = 1 << 20;
  // Well under a second alone; n² would take hours. The rest is for a busy machine.
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> aMegabyteOfOneCharacterIsEncodedInBoundedTime() {
    Path gemma = TestFiles.data("tokenizers/gemma3/vocabulary.bin");
    Path gpt2 = TestFiles.data("tokenizers/gguf-vocab/ggml-vocab-gpt-2.gguf");
    Path unigram = TestFiles.data("tokenizers/sentencepiece/test_model.model");
    return Stream.of(
            Tokenizers.fromGguf(Gemma3Vocabulary.read(gemma), "gemma"),
            Tokenizers.fromGguf(GgufFile.read(gpt2), "gpt-2"),
            Tokenizers.fromLlama2c(TestFiles.data("weights/stories260K/tok512.bin")),
            Tokenizers.fromSentencePiece(unigram))
        .flatMap(tokenizer ->
            Stream.of("a", " ", "<")
                .map(unit ->
                    DynamicTest.dynamicTest(
                        tokenizer.vocabularySize() + " x U+" + (int) unit.charAt(0),
                        () -> check(tokenizer, unit))));
  }

  private static void check(Tokenizer tokenizer, String unit) {
    String text = unit.repeat(LENGTH / unit.length());
    int[] ids = assertTimeout(BOUND, () -> tokenizer.encode(text));
    boolean squeezed = unit.isBlank() && tokenizer.encode("  ").length == 0;
    boolean unknown =
        tokenizer.encode(unit).length > 0 && !tokenizer.decode(tokenizer.encode(unit)).equals(unit);
    if (!squeezed && !unknown) {
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
  }
}
