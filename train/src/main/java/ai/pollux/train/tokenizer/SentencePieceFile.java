package ai.pollux.train.tokenizer;

/**
 * A vocabulary as a {@code tokenizer.model}: see <a
 * href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">the
 * definition of the message</a>.
 */
final class SentencePieceFile {
  private static final int BPE = 2;

  private SentencePieceFile() {}

  static byte[] bytes(TrainedVocabulary vocabulary) {
    ProtoWriter file = new ProtoWriter();
    for (Piece piece : vocabulary.pieces()) {
      ProtoWriter entry = new ProtoWriter().text(1, piece.text()).float32(2, piece.score());
      if (piece.kind() != Piece.Kind.LEARNED) {
        entry.number(3, piece.kind().code());
      }
      file.message(1, entry);
    }
    return file.message(2, trainer(vocabulary)).message(3, normalizer()).toBytes();
  }

  private static ProtoWriter trainer(TrainedVocabulary vocabulary) {
    BpeSettings settings = vocabulary.settings();
    SpecialPieces specials = settings.specials();
    ProtoWriter out = new ProtoWriter();
    out.number(3, BPE).number(4, settings.vocabularySize());
    out.float32(10, (float) settings.characterCoverage());
    out.number(20, settings.longestPiece());
    out.flag(21, settings.splitsScripts()).flag(22, true).flag(23, true);
    out.flag(25, settings.splitsDigits());
    int named = SpecialPieces.UNKNOWN + 1;
    specials.control().stream().skip(named).forEach(each -> out.text(30, each));
    specials.userDefined().forEach(each -> out.text(31, each));
    out.flag(35, true); // bytes for what has no piece
    if (!settings.requiredCharacters().isEmpty()) {
      out.text(36, settings.requiredCharacters());
    }
    out.number(40, SpecialPieces.UNKNOWN).number(41, SpecialPieces.BOS);
    out.number(42, SpecialPieces.EOS).number(43, SpecialPieces.PAD);
    out.text(45, specials.control().get(SpecialPieces.UNKNOWN));
    out.text(46, specials.control().get(SpecialPieces.BOS));
    out.text(47, specials.control().get(SpecialPieces.EOS));
    return out.text(48, specials.control().get(SpecialPieces.PAD));
  }

  /** Text as it stands: no space in front, none dropped. */
  private static ProtoWriter normalizer() {
    return new ProtoWriter().text(1, "identity").flag(3, false).flag(4, false).flag(5, true);
  }
}
