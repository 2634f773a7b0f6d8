package ai.pollux.content.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A SentencePiece {@code tokenizer.model}: a protobuf message, see <a
 * href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">its
 * definition</a>.
 */
final class SentencePieceModel {
  private static final int UNIGRAM = 1;
  private static final int BPE = 2;

  private final String where;
  private final List<String> pieces = new ArrayList<>();
  private final List<PieceType> types = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();
  private boolean hasTrainer;
  private boolean hasNormalizer;
  private int kind = UNIGRAM;
  private int bos = 1;
  private int eos = 2;
  private Optional<PrefixMap> map = Optional.empty();
  private boolean addsPrefix = true;
  private boolean squeezesSpaces = true;

  private SentencePieceModel(String where) {
    this.where = where;
  }

  /**
   * The tokenizer of a file's bytes.
   *
   * @param addsBos whether BOS is put in front of a text; the file does not say
   */
  static Tokenizer read(byte[] bytes, String where, boolean addsBos) {
    return parse(bytes, where).tokenizer(addsBos);
  }

  /** What a file's bytes say, before a tokenizer is made of it. */
  static SentencePieceModel parse(byte[] bytes, String where) {
    SentencePieceModel model = new SentencePieceModel(where);
    model.readAll(new ProtoReader(bytes, where));
    return model;
  }

  /** All pieces, in order of id. */
  List<String> pieces() {
    return pieces;
  }

  /** Their types. */
  List<PieceType> types() {
    return types;
  }

  /** Their scores. */
  List<Float> scores() {
    return scores;
  }

  private void readAll(ProtoReader file) {
    for (int field = file.nextField(); field != 0; field = file.nextField()) {
      switch (field) {
        case 1 -> readPiece(file.message());
        case 2 -> readTrainer(file.message());
        case 3 -> readNormalizer(file.message());
        default -> file.skip();
      }
    }
    if (!hasTrainer || !hasNormalizer || pieces.isEmpty()) {
      throw new TokenizerException(
          where
              + ": expected pieces, a trainer_spec and a normalizer_spec, found "
              + pieces.size()
              + " pieces"
              + (hasTrainer ? "" : ", no trainer_spec")
              + (hasNormalizer ? "" : ", no normalizer_spec")
              + ". The file is cut short or is no SentencePiece model; download it again.");
    }
  }

  private void readPiece(ProtoReader message) {
    String piece = "";
    float score = 0;
    PieceType type = PieceType.NORMAL;
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 1 -> piece = message.text();
        case 2 -> score = message.float32();
        case 3 ->
            type =
                PieceType.of(
                    (int) Math.min(message.number(), 99), where + ", piece " + pieces.size());
        default -> message.skip();
      }
    }
    if (type == PieceType.BYTE && Vocabulary.byteOf(piece) < 0) {
      throw new TokenizerException(
          where
              + ", piece "
              + pieces.size()
              + ": expected a byte piece like <0x0A>, found '"
              + piece
              + "'. The file is damaged; download it again.");
    }
    pieces.add(piece);
    scores.add(score);
    types.add(type);
  }

  private void readTrainer(ProtoReader message) {
    hasTrainer = true;
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 3 -> kind = (int) message.number();
        case 41 -> bos = (int) message.number();
        case 42 -> eos = (int) message.number();
        default -> message.skip();
      }
    }
    if (kind != UNIGRAM && kind != BPE) {
      throw new TokenizerException(
          where
              + ", trainer_spec.model_type: expected 1 (unigram) or 2 (BPE), found "
              + kind
              + ". Word and character models are not supported; use another tokenizer file.");
    }
  }

  private void readNormalizer(ProtoReader message) {
    hasNormalizer = true;
    for (int field = message.nextField(); field != 0; field = message.nextField()) {
      switch (field) {
        case 2 -> {
          byte[] blob = message.bytes();
          if (blob.length > 0) {
            map = Optional.of(new PrefixMap(blob, where + ", precompiled_charsmap"));
          }
        }
        case 3 -> addsPrefix = message.number() != 0;
        case 4 -> squeezesSpaces = message.number() != 0;
        default -> message.skip();
      }
    }
  }

  private Tokenizer tokenizer(boolean addsBos) {
    PieceType[] allTypes = types.toArray(new PieceType[0]);
    float[] allScores = new float[pieces.size()];
    for (int id = 0; id < allScores.length; id++) {
      allScores[id] = scores.get(id);
    }
    Vocabulary vocabulary =
        new Vocabulary(pieces.toArray(new String[0]), allTypes, Vocabulary.Spelling.MARKED);
    List<AddedPiece> control = new ArrayList<>();
    List<AddedPiece> userDefined = new ArrayList<>();
    CharTrie kept = new CharTrie();
    for (int id = 0; id < allTypes.length; id++) {
      String piece = pieces.get(id);
      if (piece.isEmpty()) {
        continue;
      }
      if (allTypes[id] == PieceType.CONTROL || allTypes[id] == PieceType.UNKNOWN) {
        control.add(new AddedPiece(id, piece));
      } else if (allTypes[id] == PieceType.USER_DEFINED) {
        userDefined.add(new AddedPiece(id, piece));
        kept.add(piece, id);
      }
    }
    Fallback fallback = new Fallback(vocabulary.byteIds(), types.indexOf(PieceType.UNKNOWN), true);
    TextEncoder encoder =
        new TextEncoder(
            new SentencePieceNormalizer(map, kept, addsPrefix, squeezesSpaces),
            new AddedPieces(kind == BPE ? userDefined : List.of()),
            Normalizer.none(),
            kind == BPE ? new MarkSplitter(vocabulary) : Splitter.none(),
            kind == BPE
                ? CharacterPairs.scored(vocabulary, allScores, fallback)
                : new Unigram(vocabulary, allScores, fallback));
    return new PieceTokenizer(
        vocabulary,
        new AddedPieces(List.of()),
        new AddedPieces(control),
        encoder,
        Framing.of(control(bos), addsBos, control(eos), false),
        squeezesSpaces ? Integer.MAX_VALUE : addsPrefix ? 1 : 0);
  }

  private OptionalInt control(int id) {
    return id >= 0 && id < types.size() && types.get(id) == PieceType.CONTROL
        ? OptionalInt.of(id)
        : OptionalInt.empty();
  }
}
