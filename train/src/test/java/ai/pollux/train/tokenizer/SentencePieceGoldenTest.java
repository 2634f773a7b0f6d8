package ai.pollux.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Piece by piece what SentencePiece's own trainer learns from the same lines: golden/tokenizer. */
final class SentencePieceGoldenTest {
  @Test
  void shakespeare() throws IOException {
    check("shakespeare-4000.json", 4000, "text/tinyshakespeare.txt");
  }

  @Test
  void manyScripts() throws IOException {
    check(
        "mixed-6000.json",
        6000,
        "tokenizers/sentencepiece/wagahaiwa_nekodearu.txt",
        "tokenizers/sentencepiece/botchan.txt",
        "tokenizers/gguf-vocab/ggml-vocab-llama-spm.gguf.inp",
        "text/gutenberg/alice.txt");
  }

  private static void check(String golden, int size, String... files) throws IOException {
    Stream<TrainingText> lines = Stream.of(files).map(TestFiles::data).flatMap(file -> lines(file));
    TrainedVocabulary learned =
        new BpeTrainer(BpeSettings.gemma4(size), BpeProgress.SILENT).train(lines);
    assertThat(learned.pieces()).extracting(Piece::text).containsExactlyElementsOf(pieces(golden));
  }

  private static Stream<TrainingText> lines(Path file) {
    try {
      return Stream.of(Files.readString(file).replace("\r\n", "\n").split("\n"))
          .map(line -> TrainingText.of(file.toString(), line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> pieces(String golden) throws IOException {
    List<String> pieces = new ArrayList<>();
    try (InputStream in =
        SentencePieceGoldenTest.class.getResourceAsStream("/golden/tokenizer/" + golden)) {
      for (JsonNode each : new JsonMapper().readTree(in)) {
        pieces.add(each.stringValue());
      }
    }
    return pieces;
  }
}
