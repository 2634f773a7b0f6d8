package ai.pollux.train.data.source;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One walk through a file that is cut into documents. */
final class TextCutting {
  private static final byte[] START = "*** START OF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "*** END OF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST = "End of Project Gutenberg".getBytes(StandardCharsets.US_ASCII);

  private final TextCut cut;
  private final FileContent content;
  private final Consumer<TextCut.Range> documents;
  private final boolean hasStart;
  private boolean isInside;
  private long from = -1; // of the document; -1 for none
  private long to; // behind its last line
  private long paragraph = -1; // where the running paragraph begins
  private boolean wasBlank;

  TextCutting(TextCut cut, FileContent content, Consumer<TextCut.Range> documents) {
    this.cut = cut;
    this.content = content;
    this.documents = documents;
    hasStart = finds(START);
    isInside = !hasStart;
  }

  private boolean finds(byte[] mark) {
    LineWalk lines = new LineWalk(content);
    while (lines.next()) {
      if (begins(lines.from(), lines.to(), mark)) {
        return true;
      }
    }
    return false;
  }

  void line(long begin, long end) {
    if (!isInside) {
      isInside = begins(begin, end, START);
    } else if (hasStart && (begins(begin, end, END) || begins(begin, end, LAST))) {
      end();
      isInside = false;
    } else if (LineWalk.isBlank(content, begin, end)) {
      wasBlank = true;
    } else {
      switch (cut) {
        case TextCut.Paragraphs(int most) -> paragraphs(begin, end, most);
        case TextCut.Stories _ -> story(begin, end);
        case TextCut.Marked(String mark) -> marked(begin, end, mark);
      }
      wasBlank = false;
    }
  }

  private void paragraphs(long begin, long end, int most) {
    if (paragraph < 0 || wasBlank) {
      paragraph = begin;
    }
    if (from >= 0 && end - from > most) {
      // What came before this paragraph stays together; a paragraph alone is cut at this line.
      if (paragraph > from && paragraph < begin) {
        documents.accept(trimmed(from, paragraph));
        from = paragraph;
        to = begin;
      }
      if (end - from > most) {
        end();
      }
    }
    if (from < 0) {
      from = begin;
      paragraph = begin;
    }
    while (end - from > most) { // one line
      long space = lastSpace(from, from + most);
      documents.accept(new TextCut.Range(from, space));
      from = space;
    }
    to = end;
  }

  /** Behind the last space of a range, or the start of a character at its end. */
  private long lastSpace(long begin, long end) {
    for (long at = end; at > begin + 1; at--) {
      if (content.at(at - 1) == ' ') {
        return at;
      }
    }
    long at = end;
    while ((content.at(at) & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  private void story(long begin, long end) {
    if (from >= 0 && !wasBlank) {
      end();
    }
    from = from < 0 ? begin : from;
    to = end;
  }

  private void marked(long begin, long end, String mark) {
    if (content.text(begin, end).strip().equals(mark)) {
      end();
    } else {
      from = from < 0 ? begin : from;
      to = end;
    }
  }

  /** Ends the document that is open, if one is. */
  void end() {
    if (from >= 0) {
      documents.accept(trimmed(from, to));
    }
    from = -1;
    paragraph = -1;
  }

  private TextCut.Range trimmed(long begin, long end) {
    long last = end;
    while (last > begin && content.at(last - 1) >= 0 && content.at(last - 1) <= ' ') {
      last--;
    }
    return new TextCut.Range(begin, last);
  }

  private boolean begins(long begin, long end, byte[] mark) {
    if (end - begin < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if (content.at(begin + i) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
