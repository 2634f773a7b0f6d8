package ai.pollux.content.tokenizer;

import java.nio.CharBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts where a regular expression matches: the general, slow way.
 *
 * @param pattern what to look for
 * @param behavior what becomes of a match
 * @param inverted whether the parts between the matches count as the matches
 */
record PatternSplitter(Pattern pattern, Behavior behavior, boolean inverted) implements Splitter {

  /** What becomes of a match. */
  enum Behavior {
    /** A chunk of its own. */
    ISOLATED,
    /** Dropped. */
    REMOVED,
    /** The end of the chunk before it. */
    MERGED_WITH_PREVIOUS,
    /** The start of the chunk behind it. */
    MERGED_WITH_NEXT,
    /** One chunk with the matches that touch it. */
    CONTIGUOUS
  }

  @Override
  public void split(char[] text, int start, int end, Chunks chunks) {
    Cutter cutter = new Cutter(text, start, chunks);
    Matcher matcher = pattern.matcher(CharBuffer.wrap(text, start, end - start));
    int done = start;
    while (matcher.find()) {
      int from = start + matcher.start();
      int to = start + matcher.end();
      if (from == to) {
        continue;
      }
      cutter.part(done, from, inverted);
      cutter.part(from, to, !inverted);
      done = to;
    }
    cutter.part(done, end, inverted);
    cutter.finish(end);
  }

  /** Joins matches and the parts between them into chunks. */
  private final class Cutter {
    private final char[] text;
    private final Chunks chunks;
    private int begun; // where the chunk that is not yet handed on begins
    private boolean afterMatch;

    Cutter(char[] text, int start, Chunks chunks) {
      this.text = text;
      this.begun = start;
      this.chunks = chunks;
    }

    void part(int from, int to, boolean isMatch) {
      if (from == to) {
        return;
      }
      switch (behavior) {
        case ISOLATED -> finish(from);
        case REMOVED -> {
          finish(from);
          begun = isMatch ? to : from;
        }
        case MERGED_WITH_PREVIOUS -> {
          if (!isMatch || afterMatch) {
            finish(from);
          }
        }
        case MERGED_WITH_NEXT -> {
          if (isMatch || !afterMatch) {
            finish(from);
          }
        }
        case CONTIGUOUS -> {
          if (isMatch != afterMatch) {
            finish(from);
          }
        }
      }
      afterMatch = isMatch;
    }

    void finish(int at) {
      if (at > begun) {
        chunks.chunk(text, begun, at);
      }
      begun = at;
    }
  }
}
