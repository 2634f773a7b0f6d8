package ai.pollux.content.tokenizer;

import java.util.OptionalInt;

/**
 * The one {@link Tokenizer}, whatever file it came from.
 *
 * @param vocabulary the pieces
 * @param plainAdded what is looked for in text that somebody wrote
 * @param allAdded what is looked for in text that a template rendered
 * @param encoder for the text between those
 * @param framing what goes around a text
 * @param spacesToDrop how many spaces at the start of a decoded text were not written
 */
record PieceTokenizer(
    Vocabulary vocabulary,
    AddedPieces plainAdded,
    AddedPieces allAdded,
    TextEncoder encoder,
    Framing framing,
    int spacesToDrop)
    implements Tokenizer {

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int[] encode(String text) {
    return encode(text, plainAdded);
  }

  @Override
  public int[] encodeWithSpecials(String text) {
    return encode(text, allAdded);
  }

  @Override
  public int[] framed(int[] ids) {
    return framing.around(ids);
  }

  @Override
  public OptionalInt bos() {
    return framing.bos();
  }

  @Override
  public OptionalInt eos() {
    return framing.eos();
  }

  @Override
  public boolean addsBos() {
    return framing.addsBos();
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    Detokenizer detokenizer = detokenizer();
    for (int id : ids) {
      text.append(detokenizer.push(id));
    }
    return text.append(detokenizer.flush()).toString();
  }

  @Override
  public Detokenizer detokenizer() {
    return new Detokenizer(this, spacesToDrop);
  }

  @Override
  public Detokenizer continuingDetokenizer() {
    return new Detokenizer(this, 0);
  }

  @Override
  public byte[] bytes(int id) {
    return vocabulary.bytes(known(id));
  }

  @Override
  public String piece(int id) {
    return vocabulary.piece(known(id));
  }

  @Override
  public OptionalInt id(String piece) {
    int id = vocabulary.id(piece);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public boolean isControl(int id) {
    return switch (vocabulary.type(known(id))) {
      case CONTROL, UNKNOWN -> true;
      case NORMAL, USER_DEFINED, UNUSED, BYTE -> false;
    };
  }

  private int known(int id) {
    if (id < 0 || id >= vocabulary.size()) {
      throw new IllegalArgumentException(
          "token id: expected 0 to "
              + (vocabulary.size() - 1)
              + ", found "
              + id
              + ". The model's vocabulary is larger than the tokenizer's, or another tokenizer"
              + " made this id.");
    }
    return id;
  }

  private int[] encode(String text, AddedPieces added) {
    String wellFormed = wellFormed(text);
    IntList ids = new IntList(wellFormed.length() / 3 + 8);
    added.split(
        wellFormed,
        new AddedPieces.Parts() {
          @Override
          public void text(String whole, int start, int end) {
            encoder.encode(whole.substring(start, end), start == 0, ids);
          }

          @Override
          public void piece(int id) {
            ids.add(id);
          }
        });
    return ids.toArray();
  }

  /** The text with every lone surrogate replaced by U+FFFD. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          i++;
        } else {
          return replaced(text);
        }
      }
    }
    return text;
  }

  private static String replaced(String text) {
    return text.codePoints()
        .map(each -> each <= 0xFFFF && Character.isSurrogate((char) each) ? 0xFFFD : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
