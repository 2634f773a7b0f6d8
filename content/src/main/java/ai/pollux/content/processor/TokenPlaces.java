package ai.pollux.content.processor;

import ai.pollux.content.MediaException;
import ai.pollux.content.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;

/** Finds places of a text among its tokens, whose bytes are the text's. */
final class TokenPlaces {
  private TokenPlaces() {}

  /**
   * For each place how many tokens begin before it.
   *
   * @param places ascending
   */
  static int[] find(Tokenizer tokenizer, String text, int[] ids, int[] places) {
    int[] found = new int[places.length];
    int token = 0;
    long begin = 0; // of the token, in bytes
    long target = 0;
    int from = 0;
    for (int i = 0; i < places.length; i++) {
      target += bytes(text, from, places[i]);
      from = places[i];
      while (token < ids.length && begin < target) {
        begin += tokenizer.bytes(ids[token++]).length;
      }
      found[i] = token;
    }
    while (token < ids.length) {
      begin += tokenizer.bytes(ids[token++]).length;
    }
    long whole = target + bytes(text, from, text.length());
    if (begin != whole) {
      throw new MediaException(
          "Expected tokens of %d bytes, found %d: the tokenizer changes the text, so that what the model said cannot be found in it."
              .formatted(whole, begin));
    }
    return found;
  }

  private static int bytes(String text, int from, int to) {
    return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
  }
}
