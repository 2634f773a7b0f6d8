package ai.pollux.content.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * What becomes of a character that no piece spells: the pieces of its UTF-8 bytes, or the unknown
 * piece, or nothing.
 *
 * @param byteIds the id of each of the 256 bytes, or empty where bytes are no pieces; -1 for a byte
 *     without a piece
 * @param unknown the unknown piece, or -1
 * @param fuses whether unknown characters in a row give one unknown piece
 */
record Fallback(int[] byteIds, int unknown, boolean fuses) {

  /**
   * Appends the ids for one character.
   *
   * @param unknownBefore whether the last id is the unknown piece that this method appended
   * @return whether the last id now is that
   */
  boolean emit(String character, boolean unknownBefore, IntList ids) {
    byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
    if (spells(bytes)) {
      for (byte each : bytes) {
        ids.add(byteIds[each & 0xFF]);
      }
      return false;
    }
    if (unknown >= 0 && !(fuses && unknownBefore)) {
      ids.add(unknown);
    }
    return true;
  }

  private boolean spells(byte[] bytes) {
    if (byteIds.length == 0) {
      return false;
    }
    for (byte each : bytes) {
      if (byteIds[each & 0xFF] < 0) {
        return false;
      }
    }
    return true;
  }
}
