package ai.pollux.content.tokenizer;

/**
 * The split patterns of GPT-2, Llama 3 and Qwen 2, scanned by hand; {@link PatternSplitter} with
 * {@link Rules#pattern} is the definition.
 */
record WordSplitter(Rules rules) implements Splitter {
  private static final String CONTRACTIONS = "'s|'t|'re|'ve|'m|'ll|'d";
  private static final String NEW_WORDS =
      "(?i:" + CONTRACTIONS + ")|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String NEW_REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** Which pattern. */
  enum Rules {
    GPT2(CONTRACTIONS + "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    LLAMA3(NEW_WORDS + "\\p{N}{1,3}" + NEW_REST),
    QWEN2(NEW_WORDS + "\\p{N}" + NEW_REST);

    private final String pattern;

    Rules(String pattern) {
      this.pattern = pattern;
    }

    /** As tokenizer.json files write it. */
    String pattern() {
      return pattern;
    }
  }

  @Override
  public void split(char[] text, int start, int end, Chunks chunks) {
    Scan scan = new Scan(text, end);
    int i = start;
    while (i < end) {
      int next =
          switch (rules) {
            case GPT2 -> scan.gpt2(i);
            case LLAMA3 -> scan.llama3(i, 3);
            case QWEN2 -> scan.llama3(i, 1);
          };
      chunks.chunk(text, i, next);
      i = next;
    }
  }

  /** Where the chunk that begins at a place ends. */
  private record Scan(char[] text, int end) {

    int gpt2(int start) {
      int contraction = contraction(start, false);
      if (contraction > 0) {
        return start + contraction;
      }
      int word = text[start] == ' ' && start + 1 < end ? start + 1 : start;
      byte kind = classAt(word);
      if (kind != CharacterClass.SPACE) {
        return run(word, kind, Integer.MAX_VALUE);
      }
      return spaces(start);
    }

    int llama3(int start, int digits) {
      int contraction = contraction(start, true);
      if (contraction > 0) {
        return start + contraction;
      }
      byte kind = classAt(start);
      if (kind == CharacterClass.LETTER) {
        return run(start, kind, Integer.MAX_VALUE);
      }
      if (kind == CharacterClass.NUMBER) {
        return run(start, kind, digits);
      }
      int second = start + Character.charCount(Character.codePointAt(text, start, end));
      if (second < end && !isNewline(text[start]) && classAt(second) == CharacterClass.LETTER) {
        return run(second, CharacterClass.LETTER, Integer.MAX_VALUE);
      }
      int signs = text[start] == ' ' && second < end ? second : start;
      if (classAt(signs) == CharacterClass.OTHER) {
        return newlines(run(signs, CharacterClass.OTHER, Integer.MAX_VALUE));
      }
      int last = run(start, CharacterClass.SPACE, Integer.MAX_VALUE);
      while (last > start && !isNewline(text[last - 1])) {
        last--;
      }
      return last > start ? last : spaces(start);
    }

    /** White space up to the last one before a word, which goes with the word. */
    private int spaces(int start) {
      int stop = run(start, CharacterClass.SPACE, Integer.MAX_VALUE);
      return stop < end && stop - start > 1 ? stop - 1 : stop;
    }

    private int newlines(int from) {
      int i = from;
      while (i < end && isNewline(text[i])) {
        i++;
      }
      return i;
    }

    private int run(int from, byte kind, int most) {
      int i = from;
      for (int count = 0; i < end && count < most && classAt(i) == kind; count++) {
        i += Character.isHighSurrogate(text[i]) && i + 1 < end ? 2 : 1;
      }
      return i;
    }

    private byte classAt(int at) {
      char each = text[at];
      return Character.isHighSurrogate(each)
          ? CharacterClass.of(Character.codePointAt(text, at, end))
          : CharacterClass.of(each);
    }

    private static boolean isNewline(char each) {
      return each == '\n' || each == '\r';
    }

    /** How long the contraction at a place is: 0, 2 or 3. */
    private int contraction(int start, boolean anyCase) {
      if (text[start] != '\'' || start + 1 >= end) {
        return 0;
      }
      char first = letter(start + 1, anyCase);
      if (first == 's' || first == 't' || first == 'm' || first == 'd') {
        return 2;
      }
      if (start + 2 >= end) {
        return 0;
      }
      char second = letter(start + 2, anyCase);
      boolean isLong =
          (first == 'r' && second == 'e')
              || (first == 'v' && second == 'e')
              || (first == 'l' && second == 'l');
      return isLong ? 3 : 0;
    }

    private char letter(int at, boolean anyCase) {
      char each = text[at];
      if (!anyCase) {
        return each;
      }
      return each == '\u017F' ? 's' : each >= 'A' && each <= 'Z' ? (char) (each | 0x20) : each;
    }
  }
}
