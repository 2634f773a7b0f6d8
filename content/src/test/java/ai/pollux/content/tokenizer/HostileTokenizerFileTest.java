package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut short, damaged or made to do harm. */
final class HostileTokenizerFileTest {
  private static final String GOOD =
      """
      {"added_tokens": [{"id": 3, "content": "<s>", "special": true}],
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
      """;

  @Test
  void aLlama2cFileCutAnywhereButBetweenPiecesIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.data("weights/stories260K/tok512.bin"));
    Set<Integer> whole = pieceEnds(file);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (whole.contains(length)) {
        assertThat(Llama2cTokenizer.read(cut, "tok.bin").vocabularySize()).isLessThan(512);
      } else {
        assertThatThrownBy(() -> Llama2cTokenizer.read(cut, "tok.bin"))
            .isInstanceOf(TokenizerException.class)
            .hasMessageContaining("tok.bin, byte ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "llama2"})
  void aSentencePieceModelCutAnywhereIsRefused(String family) throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.golden("tokenizers/" + family + "/tokenizer.model"));
    int needed = endOfNormalizer(file);
    assertThat(needed).isGreaterThan(1000);
    for (int length = 0; length < needed; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> SentencePieceModel.read(cut, "tokenizer.model", true))
          .as("%d bytes", length)
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("tokenizer.model");
    }
  }

  @Test
  void aChangedByteIsReadOrRefusedButNeverCrashes() throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.golden("tokenizers/llama2/tokenizer.model"));
    int refused = 0;
    for (int at = 0; at < file.length; at += 31) {
      byte[] changed = file.clone();
      changed[at] ^= (byte) 0xFF;
      try {
        SentencePieceModel.read(changed, "tokenizer.model", true).encode("Hello, wörld");
      } catch (TokenizerException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aTokenizerJsonCutAnywhereIsRefused() {
    assertThat(json(GOOD).encodeWithSpecials("ab<s>")).containsExactly(2, 3);
    byte[] file = GOOD.strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> json(new String(cut, StandardCharsets.UTF_8)))
          .as("%d bytes", length)
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("tokenizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"b\": 1            | \"b\": -1           | ids from 0 to",
        "\"b\": 1            | \"b\": 2000000000   | ids from 0 to",
        "\"b\": 1            | \"b\": 99999999999  | out of range",
        "\"b\": 1            | \"b\": \"x\"        | VALUE_NUMBER_INT",
        "\"id\": 3           | \"id\": -3          | ids from 0 to",
        "[\"a b\"]           | [\"a c\"]           | found 'c', which is none",
        "[\"a b\"]           | [\"b a\"]           | found 'ba', which is none",
        "[\"a b\"]           | [\"ab\"]            | two pieces with a space",
        "[\"a b\"]           | [[\"a\"]]           | VALUE_STRING",
        "\"BPE\"             | \"WordPiece\"       | expected BPE or Unigram",
        "{\"added_tokens\"   | {\"normalizer\": {\"type\": \"X\"}, \"added_tokens\" | normalizer",
        "{\"added_tokens\"   | {\"pre_tokenizer\": {\"type\": \"Split\", \"behavior\": \"Isolated\", \"pattern\": {\"Regex\": \"(\"}}, \"added_tokens\" | regular expression",
        "{\"added_tokens\"   | {\"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"x\"}}], \"special_tokens\": {\"x\": {\"ids\": [4]}}}, \"added_tokens\" | post_processor ids inside the vocabulary, found 4",
      })
  void aTokenizerJsonThatContradictsItselfIsRefused(String good, String bad, String message) {
    String file = GOOD.replace(good.strip(), bad.strip());
    assertThat(file).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> json(file))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void mergesThatLeadInACircleEnd() {
    String circle =
        GOOD.replace("\"ab\": 2", "\"ab\": 2, \"aba\": 4, \"abab\": 5")
            .replace("[\"a b\"]", "[\"a b\", \"ab a\", \"aba b\", \"ab ab\"]");
    assertThat(json(circle).encode("abab".repeat(100))).hasSizeGreaterThan(1);
  }

  @Test
  void aCharacterMapWithAHugeTrieIsRefused() {
    byte[] blob = {(byte) 0xFC, -1, -1, 0x7F, 0, 0};
    assertThatThrownBy(() -> new PrefixMap(blob, "tokenizer.model"))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("a trie of 2147483644");
  }

  @Test
  void aGgufVocabularyThatContradictsItselfIsRefused() {
    assertRefused(gguf("bert", new float[2], new int[] {1, 1}, 1), "found 'bert'");
    assertRefused(gguf("llama", new float[1], new int[] {1, 1}, 1), "scores: expected one per");
    assertRefused(gguf("llama", new float[2], new int[] {1}, 1), "token_type: expected one per");
    assertRefused(gguf("llama", new float[2], new int[] {1, 9}, 1), "type from 1 to 6, found 9");
    assertRefused(
        gguf("llama", new float[2], new int[] {1, 1}, 7), "bos_token_id: expected 0 to 1");
    assertRefused(gguf("gpt2", new float[2], new int[] {1, 1}, 1), "tokenizer.ggml.pre");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Tokenizers.fromTokenizerJson(Path.of("absent", "tokenizer.json")))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer.json: expected a readable file");
  }

  @Test
  void anIdOutsideTheVocabularyIsNamed() {
    assertThatThrownBy(() -> json(GOOD).decode(new int[] {4}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 0 to 3, found 4");
  }

  private static void assertRefused(GgufVocabulary vocabulary, String message) {
    assertThatThrownBy(() -> Tokenizers.fromGguf(vocabulary, "model.gguf"))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("model.gguf")
        .hasMessageContaining(message);
  }

  private static GgufVocabulary gguf(String model, float[] scores, int[] types, int bos) {
    return new GgufVocabulary(
        model,
        "unheard-of",
        List.of("a", "b"),
        scores,
        types,
        List.of(),
        OptionalInt.of(bos),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Tokenizer json(String text) {
    return TokenizerJson.read(
        text.getBytes(StandardCharsets.UTF_8),
        "tokenizer.json",
        new TokenizerConfig(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** Where a file cut between pieces still has the 259 that every vocabulary has. */
  private static Set<Integer> pieceEnds(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(4);
    Set<Integer> ends = new HashSet<>();
    for (int pieces = 1; bytes.hasRemaining(); pieces++) {
      int length = bytes.getInt(bytes.position() + 4);
      bytes.position(bytes.position() + 8 + length);
      if (pieces >= 259) {
        ends.add(bytes.position());
      }
    }
    return ends;
  }

  /** Where the last field that a model needs ends: its normalizer_spec, field 3. */
  private static int endOfNormalizer(byte[] file) {
    int at = 0;
    while (at < file.length) {
      int field = file[at++] >> 3;
      int length = 0;
      for (int shift = 0; ; shift += 7) {
        length |= (file[at] & 0x7F) << shift;
        if (file[at++] >= 0) {
          break;
        }
      }
      at += length;
      if (field == 3) {
        return at;
      }
    }
    return -1;
  }
}
