package ai.pollux.assistant.constraint;

import ai.pollux.content.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A tokenizer's tokens by what they spell: bytes, and some control tokens as one symbol each. Made
 * once for a tokenizer. May be used by many threads.
 */
public final class TokenTable {
  private final char[][] spellings;
  private final List<String> marks;
  private final int[] inOrder;
  private final TokenTrie trie;
  private final Map<TextKind, PlainTokens> plain = new EnumMap<>(TextKind.class);

  /**
   * Of all tokens that are text.
   *
   * @param marks spellings of control tokens that answers may have; those that are none of the
   *     tokenizer's are left out
   */
  public TokenTable(Tokenizer tokenizer, List<String> marks) {
    this.marks = marks.stream().filter(mark -> control(tokenizer, mark).isPresent()).toList();
    spellings = new char[tokenizer.vocabularySize()][];
    for (int id = 0; id < spellings.length; id++) {
      spellings[id] = tokenizer.isControl(id) ? new char[0] : symbols(tokenizer.bytes(id));
    }
    for (int i = 0; i < this.marks.size(); i++) {
      int id = control(tokenizer, this.marks.get(i)).getAsInt();
      spellings[id] = new char[] {(char) (256 + i)};
    }
    inOrder =
        IntStream.range(0, spellings.length)
            .filter(id -> spellings[id].length > 0)
            .boxed()
            .sorted((a, b) -> Arrays.compare(spellings[a], spellings[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    trie = TokenTrie.of(inOrder, spellings);
  }

  private static OptionalInt control(Tokenizer tokenizer, String mark) {
    OptionalInt id = tokenizer.id(mark);
    return id.isPresent() && tokenizer.isControl(id.getAsInt()) ? id : OptionalInt.empty();
  }

  private static char[] symbols(byte[] bytes) {
    char[] symbols = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      symbols[i] = (char) (bytes[i] & 0xFF);
    }
    return symbols;
  }

  /** How many ids there are. */
  int size() {
    return spellings.length;
  }

  /** The control tokens, in order of symbol from 256 on. */
  List<String> marks() {
    return marks;
  }

  /** A token as symbols; none for tokens that no answer may have. */
  char[] spelling(int token) {
    return spellings[token];
  }

  TokenTrie trie() {
    return trie;
  }

  /** The tokens of one kind of text, found when first asked for. */
  synchronized PlainTokens plain(TextKind kind) {
    return plain.computeIfAbsent(kind, each -> PlainTokens.of(each, inOrder, spellings));
  }
}
