package ai.pollux.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BpeTrainerTest {
  /**
   * Enough to have runs, specials and their beginnings, scripts, digits, marks and rare characters.
   */
  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          "aa",
          "ab",
          "the",
          " ",
          " ",
          "  ",
          "   ",
          "\n",
          "\n\n",
          "\t",
          "1",
          "42",
          "\uFF11",
          ".",
          ",.",
          "\u00E9",
          "e\u0301",
          "\u0301",
          "\u65E5\u672C",
          "\u306E",
          "\u30AB\u30FC",
          "\uD83D\uDE00",
          "\u0440",
          "<|turn>",
          "<bos>",
          "<",
          "<0x41>",
          "\u2581",
          "\u2585",
          "\0",
          "\uD800",
          "zq");

  private static List<TrainingText> corpus(long seed, int distinct) {
    Random random = new Random(seed);
    List<String> parts = new ArrayList<>(PARTS);
    Collections.shuffle(parts, random);
    List<TrainingText> texts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(20); part >= 0; part--) {
        text.append(parts.get(random.nextInt(distinct)));
      }
      texts.add(new TrainingText("text " + i, text.toString(), 1 + random.nextInt(3)));
    }
    return texts;
  }

  private static List<String> learned(BpeSettings settings, List<TrainingText> texts) {
    List<Piece> pieces =
        new BpeTrainer(settings, BpeProgress.SILENT).train(texts.stream()).pieces();
    return pieces.stream().skip(settings.specials().size()).map(Piece::text).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 12, 34})
  void learnsWhatCountingEverythingAgainLearns(int distinct) {
    int compared = 0;
    for (int seed = 0; seed < 40; seed++) {
      List<TrainingText> texts = corpus(seed, distinct);
      int specials = SpecialPieces.gemma4(16, 0).size();
      BpeSettings settings =
          BpeSettings.gemma4(specials + 5 + seed * 3)
              .withCharacters(seed % 3 == 0 ? 1 : 0.97, "")
              .withJoining(seed % 5 == 0 ? 4 : 16, seed % 4 != 0, seed % 7 != 0);
      List<String> expected = new ReferenceTrainer(settings).learned(texts);
      if (expected.size() == settings.vocabularySize() - specials) {
        assertThat(learned(settings, texts)).as("seed %d", seed).isEqualTo(expected);
        compared++;
      } else {
        assertThatThrownBy(() -> learned(settings, texts))
            .isInstanceOf(TokenizerTrainingException.class)
            .hasMessageContaining(
                expected.size() < settings.vocabularySize() - specials
                    ? "expected at most " + (specials + expected.size())
                    : "expected at least " + (specials + expected.size()));
      }
    }
    assertThat(compared).isGreaterThan(5);
  }

  @Test
  void neitherThreadsNorTheOrderOfTextsNorTheirCutsMatter() {
    List<TrainingText> texts = corpus(5, 34);
    BpeSettings settings = BpeSettings.gemma4(360).withLimits(Integer.MAX_VALUE, 1);
    TrainedVocabulary first = new BpeTrainer(settings, BpeProgress.SILENT).train(texts.stream());
    List<TrainingText> repeated = new ArrayList<>();
    for (TrainingText text : texts) {
      for (int i = 0; i < text.weight(); i++) {
        repeated.add(TrainingText.of(text.source(), text.text()));
      }
    }
    Collections.shuffle(repeated, new Random(1));
    for (int threads : new int[] {1, 2, 5}) {
      BpeSettings other = settings.withLimits(Integer.MAX_VALUE, threads);
      assertThat(new BpeTrainer(other, BpeProgress.SILENT).train(repeated.stream()).pieces())
          .isEqualTo(first.pieces());
    }
  }

  @Test
  void dropsTheRarestChunksAndSaysHowMany() {
    List<TrainingText> texts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      texts.add(
          TrainingText.of("rare", " " + Integer.toString(i, 26).replaceAll("\\d", "z") + "qq"));
    }
    texts.add(new TrainingText("often", " often seen", 1000));
    BpeSettings settings = BpeSettings.gemma4(340).withCharacters(1, "");
    TrainingReport all =
        new BpeTrainer(settings, BpeProgress.SILENT).train(texts.stream()).report();
    assertThat(all.droppedChunks()).isZero();
    TrainedVocabulary few =
        new BpeTrainer(settings.withLimits(1000, 2), BpeProgress.SILENT).train(texts.stream());
    assertThat(few.report().chunks()).isLessThanOrEqualTo(1000);
    assertThat(few.report().droppedChunks()).isEqualTo(all.chunks() - few.report().chunks());
    assertThat(few.report().droppedOccurrences())
        .isGreaterThanOrEqualTo(few.report().droppedChunks());
    assertThat(few.report().characters()).as("counted before").isEqualTo(all.characters());
    assertThat(few.pieces()).extracting(Piece::text).contains("\u2581often", "\u2581seen");
  }

  @Test
  void requiredCharactersBecomePiecesHoweverRare() {
    BpeSettings settings = BpeSettings.gemma4(305).withCharacters(0.9, "\u00E9\uD83D\uDE00ahz");
    List<String> learned =
        learned(settings, List.of(TrainingText.of("x", "abcdefgh ".repeat(90) + "\u00E9")));
    assertThat(learned).contains("\u00E9", "\uD83D\uDE00").doesNotContain("\u00E9\uD83D\uDE00");
  }

  @Test
  void tellsHowItGoes() {
    List<String> told = new ArrayList<>();
    BpeProgress progress =
        new BpeProgress() {
          @Override
          public void counted(long characters, int chunks) {
            told.add(characters + " characters, " + chunks + " chunks");
          }

          @Override
          public void learned(int number, int wanted, String piece, long count) {
            told.add(number + " of " + wanted + ": " + piece + " " + count);
          }
        };
    int size = SpecialPieces.gemma4(16, 0).size() + 4 + 2;
    new BpeTrainer(BpeSettings.gemma4(size).withCharacters(1, ""), progress)
        .train(Stream.of(TrainingText.of("x", "abc abc abc")));
    assertThat(told).containsExactly("11 characters, 2 chunks", "1 of 2: ab 3", "2 of 2: abc 3");
  }

  @Test
  void saysWhatIsWrong() {
    Stream<TrainingText> nothing = Stream.of(TrainingText.of("x", ""));
    assertThatThrownBy(
            () -> new BpeTrainer(BpeSettings.gemma4(400), BpeProgress.SILENT).train(nothing))
        .hasMessage(
            "training texts: expected some characters, found none in 1 texts. Check where the texts come from.");
    assertThatThrownBy(() ->
            learned(
                BpeSettings.gemma4(300),
                List.of(TrainingText.of("x", "abcdefghijklmnopqrstuvwxyz"))))
        .hasMessage(
            "tokenizer settings, vocabularySize: expected at least 316 (24 control pieces, 10 user-defined ones, 256 bytes, 26 characters), found 300. Ask for more pieces, or a lower characterCoverage than 0.9995.");
    assertThatThrownBy(() -> learned(BpeSettings.gemma4(400), List.of(TrainingText.of("x", "abc"))))
        .hasMessage(
            "tokenizer settings, vocabularySize: expected at most 295, which is all that the texts have, found 400. Ask for fewer pieces, or give more text.");
    assertThatThrownBy(() -> new TrainingText("a.txt", "a", 0))
        .hasMessage(
            "a.txt: expected a weight of at least 1, found 0. Leave out a source that shall not count.");
  }

  @Test
  void settingsAreChecked() {
    BpeSettings good = BpeSettings.gemma4(400);
    assertThatThrownBy(() -> BpeSettings.gemma4(290))
        .hasMessage(
            "tokenizer settings, vocabularySize: expected more than 290 (special pieces and 256 bytes), found 290. Correct it.");
    assertThatThrownBy(() -> good.withCharacters(1.1, ""))
        .hasMessage(
            "tokenizer settings, characterCoverage: expected 0.9 to 1, found 1.1. Correct it.");
    assertThatThrownBy(() -> good.withCharacters(1, "a\tb"))
        .hasMessage(
            "tokenizer settings, requiredCharacters: expected characters that may be pieces, found U+0009. Correct it.");
    assertThatThrownBy(() -> good.withJoining(1, true, true))
        .hasMessage("tokenizer settings, longestPiece: expected 2 to 512, found 1. Correct it.");
    assertThatThrownBy(() -> good.withLimits(999, 1))
        .hasMessage(
            "tokenizer settings, mostChunks: expected at least 1000, found 999. Correct it.");
    assertThatThrownBy(() -> good.withLimits(1000, 0))
        .hasMessage("tokenizer settings, threads: expected at least 1, found 0. Correct it.");
    assertThatThrownBy(() -> new SpecialPieces(List.of("<pad>"), List.of()))
        .hasMessage(
            "special pieces: expected at least four of control (padding, end, beginning, unknown), found [<pad>]. Add the missing ones.");
    assertThatThrownBy(() -> good.specials().with(List.of("<td>", "<td>")))
        .hasMessage(
            "special pieces: expected each once, not empty, \u2581 for spaces; found '<td>'. Correct or remove it.");
  }

  @Test
  void whatCannotBeJoinedIsNeverInOnePiece() {
    int[] all =
        "a\u00E9e\u0301\u03B1\u65E5\u306E\u30FC.1\uFF11\u2581\u2585\t\uD83D\uDE00"
            .codePoints()
            .toArray();
    for (boolean scripts : new boolean[] {true, false}) {
      PieceRules rules = new PieceRules(BpeSettings.gemma4(400).withJoining(16, true, scripts));
      for (int left : all) {
        for (int right : all) {
          boolean allowed = rules.allows(new int[] {left, right});
          assertThat(PieceRules.joins(rules.kind(left), rules.kind(right)))
              .as("%x %x", left, right)
              .isEqualTo(allowed);
        }
      }
    }
  }
}
