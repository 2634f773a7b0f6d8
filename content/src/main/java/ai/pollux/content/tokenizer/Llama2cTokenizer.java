package ai.pollux.content.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * llama2.c's {@code tokenizer.bin}: i32 length of the longest piece; then until the end of the
 * file, for each piece: f32 score, i32 length, UTF-8 bytes. Ids 0 to 2 are unknown, BOS, EOS; 3 to
 * 258 the bytes. Spaces are spelled as spaces.
 */
final class Llama2cTokenizer {
  private static final int FIRST_BYTE = 3;
  private static final int FEWEST = FIRST_BYTE + 256;

  private Llama2cTokenizer() {}

  static Tokenizer read(byte[] bytes, String where) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    need(file, 4, where);
    int longest = file.getInt();
    List<String> pieces = new ArrayList<>();
    IntList scores = new IntList(512);
    while (file.hasRemaining()) {
      need(file, 8, where);
      scores.add(file.getInt());
      int length = file.getInt();
      if (length < 0 || length > longest) {
        throw damaged(where, file, "a piece of 0 to " + longest + " bytes", length + " bytes");
      }
      need(file, length, where);
      pieces.add(text(file, length, where));
    }
    if (pieces.size() < FEWEST) {
      throw damaged(where, file, "at least " + FEWEST + " pieces", String.valueOf(pieces.size()));
    }
    return tokenizer(pieces, scores, where);
  }

  private static Tokenizer tokenizer(List<String> pieces, IntList scoreBits, String where) {
    PieceType[] types = new PieceType[pieces.size()];
    float[] scores = new float[types.length];
    for (int id = 0; id < types.length; id++) {
      scores[id] = Float.intBitsToFloat(scoreBits.get(id));
      types[id] =
          id == 0
              ? PieceType.UNKNOWN
              : id < FIRST_BYTE
                  ? PieceType.CONTROL
                  : id < FEWEST ? PieceType.BYTE : PieceType.NORMAL;
      if (types[id] == PieceType.BYTE && Vocabulary.byteOf(pieces.get(id)) != id - FIRST_BYTE) {
        throw new TokenizerException(
            where
                + ", piece "
                + id
                + ": expected the byte piece "
                + String.format("<0x%02X>", id - FIRST_BYTE)
                + ", found '"
                + pieces.get(id)
                + "'. This is no llama2.c tokenizer; export it again.");
      }
    }
    Vocabulary vocabulary =
        new Vocabulary(pieces.toArray(new String[0]), types, Vocabulary.Spelling.PLAIN);
    TextEncoder encoder =
        new TextEncoder(
            Normalizer.prepend(" "),
            new AddedPieces(List.of()),
            Normalizer.none(),
            Splitter.none(),
            CharacterPairs.scored(
                vocabulary, scores, new Fallback(vocabulary.byteIds(), 0, false)));
    List<AddedPiece> control = new ArrayList<>();
    for (int id = 1; id < FIRST_BYTE; id++) {
      if (!pieces.get(id).isBlank()) {
        control.add(new AddedPiece(id, pieces.get(id).strip()));
      }
    }
    return new PieceTokenizer(
        vocabulary,
        new AddedPieces(List.of()),
        new AddedPieces(control),
        encoder,
        Framing.of(OptionalInt.of(1), true, OptionalInt.of(2), false),
        1);
  }

  private static String text(ByteBuffer file, int length, String where) {
    ByteBuffer piece = file.slice(file.position(), length);
    file.position(file.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(piece).toString();
    } catch (CharacterCodingException e) {
      throw new TokenizerException(
          where
              + ", byte "
              + (file.position() - length)
              + ": expected a piece in UTF-8, found other bytes. This is no llama2.c tokenizer, or"
              + " it is damaged; export it again.",
          e);
    }
  }

  private static void need(ByteBuffer file, int count, String where) {
    if (file.remaining() < count) {
      throw damaged(where, file, count + " more bytes", "only " + file.remaining());
    }
  }

  private static TokenizerException damaged(
      String where, ByteBuffer file, String expected, String found) {
    return new TokenizerException(
        where
            + ", byte "
            + file.position()
            + ": expected "
            + expected
            + ", found "
            + found
            + ". The file is cut short or is no llama2.c tokenizer; export it again.");
  }
}
