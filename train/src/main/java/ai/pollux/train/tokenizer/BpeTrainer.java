package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Learns a vocabulary by byte pair encoding (<a href="https://arxiv.org/abs/1508.07909">Sennrich
 * and others</a>) as <a href="https://arxiv.org/abs/1808.06226">SentencePiece</a> does: characters
 * that are frequent enough become pieces; then, again and again, the most frequent pair of
 * neighbours becomes a piece and is joined everywhere. Of equally frequent pairs the shorter is
 * taken, of these the one whose spelling comes first. The same texts and settings give the same
 * pieces, whatever the order of the texts and the number of threads (unless chunks are dropped,
 * where the order counts). What differs from SentencePiece is listed in
 * docs/decisions/vocabularies.md.
 *
 * <p>The cost: reading every character once, in parallel; then for each piece a visit to every
 * different chunk that has it.
 */
public final class BpeTrainer {
  private final BpeSettings settings;
  private final BpeProgress progress;

  /** A trainer that tells {@code progress} how it goes. */
  public BpeTrainer(BpeSettings settings, BpeProgress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Learns from all texts of a stream, which it closes.
   *
   * @throws TokenizerTrainingException where the texts are empty, or have too few different pairs
   *     or too many characters for the vocabulary
   */
  public TrainedVocabulary train(Stream<TrainingText> texts) {
    PieceRules rules = new PieceRules(settings);
    Counting counting = new Counting(settings, rules);
    try (texts) {
      counting.count(texts.iterator(), progress);
    }
    if (counting.length() == 0) {
      throw new TokenizerTrainingException(
          "training texts: expected some characters, found none in "
              + counting.texts()
              + " texts. Check where the texts come from.");
    }
    Characters characters = Characters.choose(counting.characters(), settings);
    int wanted =
        settings.vocabularySize() - settings.specials().size() - characters.chosen().size();
    if (wanted < 0) {
      throw tooSmall(characters.chosen().size());
    }
    Symbols symbols = new Symbols(characters.chosen());
    Words words = new Words(counting.chunks(), characters.chosen());
    long lowest = learn(words, symbols, new Pairs(symbols, rules), wanted);
    int joined = symbols.size() - characters.chosen().size();
    if (joined < wanted) {
      throw tooLarge(symbols.size());
    }
    TrainingReport report =
        new TrainingReport(
            counting.texts(),
            counting.length(),
            counting.chunks().size(),
            counting.droppedChunks(),
            counting.droppedOccurrences(),
            characters.chosen().size(),
            characters.coverage(),
            characters.left(),
            joined,
            lowest);
    return new TrainedVocabulary(settings, pieces(symbols, joined), report);
  }

  /** Learns pieces; returns how often the last was seen. */
  private long learn(Words words, Symbols symbols, Pairs pairs, int wanted) {
    words.countPairs(pairs);
    PairQueue queue = new PairQueue(pairs, symbols);
    int queued = 0;
    long lowest = 0;
    for (int number = 0; number < wanted; ) {
      while (queued < pairs.size()) {
        queue.add(queued++);
      }
      int pair = queue.poll();
      if (pair < 0) {
        break;
      }
      int left = pairs.left(pair);
      int right = pairs.right(pair);
      if (!symbols.add(left, right)) {
        continue; // a second way to the same piece is never joined
      }
      lowest = pairs.count(pair);
      int joined = symbols.size() - 1;
      for (int word : pairs.take(pair)) {
        words.join(word, left, right, joined, pairs);
      }
      progress.learned(++number, wanted, symbols.text(joined), lowest);
    }
    return lowest;
  }

  private List<Piece> pieces(Symbols symbols, int joined) {
    List<Piece> pieces = new ArrayList<>();
    SpecialPieces specials = settings.specials();
    for (String each : specials.control()) {
      boolean unknown = pieces.size() == SpecialPieces.UNKNOWN;
      pieces.add(new Piece(each, 0, unknown ? Piece.Kind.UNKNOWN : Piece.Kind.CONTROL));
    }
    specials.userDefined().forEach(each -> pieces.add(new Piece(each, 0, Piece.Kind.USER_DEFINED)));
    for (int each = 0; each < 256; each++) {
      pieces.add(new Piece(SpecialPieces.spelling(each), 0, Piece.Kind.BYTE));
    }
    int characters = symbols.size() - joined;
    for (int rank = 0; rank < symbols.size(); rank++) {
      int symbol = rank < joined ? characters + rank : rank - joined;
      pieces.add(new Piece(symbols.text(symbol), -rank, Piece.Kind.LEARNED));
    }
    return pieces;
  }

  private TokenizerTrainingException tooSmall(int characters) {
    return new TokenizerTrainingException(
        "tokenizer settings, vocabularySize: expected at least "
            + (settings.specials().size() + characters)
            + " ("
            + settings.specials().control().size()
            + " control pieces, "
            + settings.specials().userDefined().size()
            + " user-defined ones, 256 bytes, "
            + characters
            + " characters), found "
            + settings.vocabularySize()
            + ". Ask for more pieces, or a lower characterCoverage than "
            + settings.characterCoverage()
            + ".");
  }

  private TokenizerTrainingException tooLarge(int learned) {
    int most = settings.specials().size() + learned;
    return new TokenizerTrainingException(
        "tokenizer settings, vocabularySize: expected at most "
            + most
            + ", which is all that the texts have, found "
            + settings.vocabularySize()
            + ". Ask for fewer pieces, or give more text.");
  }
}
