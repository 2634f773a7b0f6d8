package ai.pollux.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.sentencepiece.SpTokenizer;
import ai.pollux.content.processor.MediaMarkup;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was learned, written, and read by everybody who reads such files. */
final class TokenizerFilesTest {
  private static final String STORY =
      """
      Once upon a time there was a little girl who had 3 red balls and 12 blue ones. "Where is the
      fourth?" she asked.\tNobody    knew.

      \u00C9l\u00E8ve na\u00EFve \u65E5\u672C\u8A9E\u306E\u30AB\u30FC\u30C9 \u4F60\u597D \uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD fox, box; foxes, boxes! aaaaaa ooooo
      """;

  private static final List<String> PARTS =
      List.of(
          "a",
          "aa",
          "aaa",
          "o",
          "oo",
          "ox",
          "the",
          "ther",
          "ing",
          " ",
          "  ",
          "   ",
          "\n",
          "\n\n\n",
          "\t",
          "\r\n",
          "12",
          ".",
          ",",
          "\u00E9",
          "e\u0301",
          "\u65E5\u672C",
          "\u306E",
          "\uD83D\uDE00",
          "<",
          "|>",
          "<0x41>",
          "<td>",
          "\0",
          "\u2585");

  @TempDir static Path folder;
  private static TrainedVocabulary vocabulary;

  @BeforeAll
  static void train() {
    BpeSettings settings =
        BpeSettings.gemma4(420)
            .withCharacters(0.99, "")
            .withSpecials(SpecialPieces.gemma4(8, 2).with(List.of("<td>", "</td>")));
    vocabulary =
        new BpeTrainer(settings, BpeProgress.SILENT)
            .train(Stream.of(TrainingText.of("story", STORY)));
    TokenizerFiles.write(vocabulary, folder);
  }

  private static List<String> texts() {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>(List.of("", STORY));
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(25); part >= 0; part--) {
        text.append(PARTS.get(random.nextInt(PARTS.size())).repeat(1 + random.nextInt(3)));
      }
      texts.add(text.toString());
    }
    for (int i = 0; i < 100; i++) {
      texts.add(anything(random, 30));
    }
    for (int length = 1; length < 40; length++) {
      texts.add("a" + "\n".repeat(length) + "b" + " ".repeat(length) + "c" + "\t".repeat(length));
    }
    return texts;
  }

  /** Characters of all of Unicode, but for the one that spells a space. */
  private static String anything(Random random, int length) {
    return random
        .ints(0, 0x110000)
        .filter(each -> each < 0xD800 || each > 0xDFFF)
        .filter(each -> each != 0x2581)
        .limit(length)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void sentencePieceReadsTheModelAsWeDo() throws IOException {
    Path file = folder.resolve("tokenizer.model");
    Tokenizer ours = Tokenizers.fromSentencePiece(file);
    try (SpTokenizer theirs = new SpTokenizer(file)) {
      for (String text : texts()) {
        if (text.indexOf('\0') < 0) { // does not get through DJL
          assertThat(ours.encode(text)).as(text).isEqualTo(theirs.getProcessor().encode(text));
        }
      }
    }
  }

  @Test
  void huggingFaceReadsTheJsonAsWeDo() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Tokenizer ours = Tokenizers.fromTokenizerJson(file);
    Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false");
    try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(file, options)) {
      for (String text : texts()) {
        long[] ids = theirs.encode(text, false, false).getIds();
        assertThat(ours.encode(text))
            .as(text)
            .isEqualTo(Arrays.stream(ids).mapToInt(id -> (int) id).toArray());
      }
      String chat = "<bos><|turn>user\nWhat <|image|> is<turn|>\n<|turn>model\n";
      assertThat(ours.encodeWithSpecials(chat))
          .isEqualTo(
              Arrays.stream(theirs.encode(chat, false, false).getIds())
                  .mapToInt(id -> (int) id)
                  .toArray());
    }
  }

  @Test
  void modelJsonAndGgufGiveTheSameIds() {
    Tokenizer model = Tokenizers.fromSentencePiece(folder.resolve("tokenizer.model"));
    Tokenizer json = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
    Tokenizer gguf = Tokenizers.fromGguf(Tokenizers.toGguf(folder, "gemma4", 420), "gguf");
    for (String text : texts()) {
      int[] ids = json.encode(text);
      assertThat(model.encode(text)).as(text).isEqualTo(ids);
      if (!text.contains("<td>")) { // Gemma 4's GGUF knows no user-defined pieces
        assertThat(gguf.encode(text)).as(text).isEqualTo(ids);
      }
    }
    for (String medium : List.of("<|image|>", "<|audio|>", "<|video|>")) {
      assertThat(gguf.encodeWithSpecials(medium)).as(medium).hasSize(1);
    }
    for (Tokenizer each : List.of(model, json, gguf)) {
      assertThat(each.vocabularySize()).isEqualTo(420);
      assertThat(each.bos()).isEqualTo(OptionalInt.of(2));
      assertThat(each.eos()).isEqualTo(OptionalInt.of(1));
      assertThat(each.framed(new int[] {9})).containsExactly(2, 9);
      assertThat(each.encodeWithSpecials("<|turn>a")).startsWith(15).hasSize(2);
    }
  }

  @Test
  void everyTextComesBack() {
    Tokenizer json = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
    Tokenizer model = Tokenizers.fromSentencePiece(folder.resolve("tokenizer.model"));
    for (String text : texts()) {
      assertThat(json.decode(json.encode(text))).isEqualTo(text);
      assertThat(model.decode(model.encode(text))).isEqualTo(text);
    }
    assertThat(json.decode(json.encode("\u2581"))).as("reads as a space").isEqualTo(" ");
  }

  @Test
  void everyPieceHasItsIdAndKind() {
    Tokenizer model = Tokenizers.fromSentencePiece(folder.resolve("tokenizer.model"));
    Tokenizer json = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
    List<Piece> pieces = vocabulary.pieces();
    assertThat(pieces).hasSize(420);
    assertThat(pieces.subList(0, 4))
        .extracting(Piece::text)
        .containsExactly("<pad>", "<eos>", "<bos>", "<unk>");
    for (int id = 0; id < pieces.size(); id++) {
      Piece.Kind kind = pieces.get(id).kind();
      boolean control = kind == Piece.Kind.CONTROL || kind == Piece.Kind.UNKNOWN;
      for (Tokenizer each : List.of(model, json)) {
        assertThat(each.piece(id)).isEqualTo(pieces.get(id).text());
        assertThat(each.isControl(id)).as(pieces.get(id).text()).isEqualTo(control);
      }
    }
  }

  @Test
  void whatGemma4sMediaNeedIsThere() {
    Tokenizer json = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
    MediaMarkup markup = MediaMarkup.gemma4();
    for (var marks :
        Stream.of(markup.image(), markup.sound(), markup.video())
            .flatMap(java.util.Optional::stream)
            .toList()) {
      for (String piece : List.of(marks.begin(), marks.softToken(), marks.end())) {
        assertThat(json.encodeWithSpecials(piece)).as(piece).hasSize(1);
        assertThat(json.isControl(json.id(piece).orElseThrow())).isTrue();
      }
    }
  }

  @Test
  void mergesComeInOrderOfThePieceTheyMake() {
    Map<String, Integer> ids = new HashMap<>();
    for (Piece piece : vocabulary.pieces()) {
      ids.put(piece.text(), ids.size());
    }
    int before = -1;
    int made = 0;
    for (PieceMerges.Merge merge : PieceMerges.of(vocabulary.pieces())) {
      int id = ids.get(merge.left() + merge.right());
      assertThat(id).isGreaterThanOrEqualTo(before);
      assertThat(ids).containsKeys(merge.left(), merge.right());
      made += id > before ? 1 : 0;
      before = id;
    }
    // All joined pieces, and runs of 2, 4 and 8 newlines and spaces.
    assertThat(made).isEqualTo(vocabulary.report().joined() + 6);
  }

  @Test
  void theSameVocabularyGivesTheSameBytes(@TempDir Path other) throws IOException {
    BpeSettings settings = vocabulary.settings().withLimits(Integer.MAX_VALUE, 7);
    TrainedVocabulary again =
        new BpeTrainer(settings, BpeProgress.SILENT)
            .train(Stream.of(TrainingText.of("story", STORY)));
    TokenizerFiles.write(again, other);
    for (String name : List.of("tokenizer.model", "tokenizer.json", "tokenizer_config.json")) {
      assertThat(other.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
    }
  }

  @Test
  void saysWhereFilesCannotBeWritten(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("file"), "x");
    assertThatThrownBy(() -> TokenizerFiles.write(vocabulary, file))
        .isInstanceOf(TokenizerTrainingException.class)
        .hasMessageStartingWith(file + ": expected a folder that can be written to, found ")
        .hasMessageEndingWith("Choose another.");
  }
}
