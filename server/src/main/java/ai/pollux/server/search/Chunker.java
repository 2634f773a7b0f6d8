package ai.pollux.server.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text at white space. Chunks do not reach over the end of a page. What has no white space for
 * long, such as Chinese, counts as words of {@value #LONGEST_WORD} characters.
 */
final class Chunker {
  private static final int LONGEST_WORD = 40;

  private final Chunking chunking;

  Chunker(Chunking chunking) {
    this.chunking = chunking;
  }

  List<Chunk> chunks(List<Page> pages) {
    List<Chunk> chunks = new ArrayList<>();
    for (Page page : pages) {
      List<Word> words = words(page.text());
      int from = 0;
      int to = 0;
      while (to < words.size()) {
        to = Math.min(words.size(), from + chunking.words());
        String text = page.text().substring(words.get(from).start(), words.get(to - 1).end());
        chunks.add(new Chunk(page.number(), text));
        from = to - chunking.overlap();
      }
    }
    return chunks;
  }

  /** Where a word is: characters from {@code start} until before {@code end}. */
  private record Word(int start, int end) {}

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      if (isSpace(text.charAt(start))) {
        start++;
      } else {
        int end = end(text, start);
        words.add(new Word(start, end));
        start = end;
      }
    }
    return words;
  }

  private static int end(String text, int start) {
    int most = Math.min(text.length(), start + LONGEST_WORD);
    int end = start;
    while (end < most && !isSpace(text.charAt(end))) {
      end++;
    }
    boolean cutsPair =
        end < text.length()
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return cutsPair ? end + 1 : end;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
