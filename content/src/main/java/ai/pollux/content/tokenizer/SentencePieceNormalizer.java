package ai.pollux.content.tokenizer;

import java.util.Optional;

/**
 * How SentencePiece rewrites text: its character map, spaces squeezed, {@code ▁} for every space
 * and one in front.
 *
 * @param map the character map, if the model has one
 * @param kept user-defined pieces, which are never rewritten
 * @param addsPrefix whether a space is put in front
 * @param squeezesSpaces whether spaces at the ends and all but one in a row are dropped
 */
record SentencePieceNormalizer(
    Optional<PrefixMap> map, CharTrie kept, boolean addsPrefix, boolean squeezesSpaces)
    implements Normalizer {

  @Override
  public String apply(String text, boolean atStart) {
    String rewritten = map.isPresent() ? rewrite(text, map.get()) : text;
    if (squeezesSpaces) {
      rewritten = squeeze(rewritten);
    }
    if (rewritten.isEmpty()) {
      return rewritten;
    }
    String marked = rewritten.replace(' ', Vocabulary.MARK);
    return addsPrefix ? Vocabulary.MARK + marked : marked;
  }

  private String rewrite(String text, PrefixMap characters) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int keep = kept.begins(text.charAt(i)) ? kept.longest(text, i) : 0;
      if (keep > 0) {
        out.append(text, i, i + keep);
        i += keep;
        continue;
      }
      PrefixMap.Match match = characters.longest(text, i);
      if (match == null) {
        int codePoint = text.codePointAt(i);
        out.appendCodePoint(codePoint);
        i += Character.charCount(codePoint);
      } else {
        out.append(match.replacement());
        i += match.length();
      }
    }
    return out.toString();
  }

  private static String squeeze(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean afterSpace = true;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each != ' ' || !afterSpace) {
        out.append(each);
      }
      afterSpace = each == ' ';
    }
    int length = out.length();
    if (length > 0 && out.charAt(length - 1) == ' ') {
      out.setLength(length - 1);
    }
    return out.toString();
  }
}
