package ai.pollux.train.data.source;

import java.util.function.Consumer;

/**
 * How a file of text becomes documents. Blank lines separate paragraphs; a line of a Project
 * Gutenberg frame ({@code *** START OF}, {@code *** END OF}, {@code End of Project Gutenberg})
 * begins and ends what is taken.
 */
public sealed interface TextCut {
  /**
   * Paragraphs one after the other, as many as fit. A paragraph that is longer is cut at a line, a
   * line that is longer at a space.
   *
   * @param most bytes of a document
   */
  record Paragraphs(int most) implements TextCut {
    /** Refuses sizes that hold no sentence. */
    public Paragraphs {
      if (most < 64) {
        throw new IllegalArgumentException(
            "documents of text: expected at least 64 bytes, found " + most);
      }
    }
  }

  /**
   * Stories whose paragraphs are separated by blank lines, and which end with a line that another
   * one follows at once.
   */
  record Stories() implements TextCut {}

  /** Documents between lines that hold nothing but a mark. */
  record Marked(String mark) implements TextCut {}

  /** A range of bytes. */
  record Range(long from, long to) {}

  /** Gives the documents of a file in order. */
  default void cut(FileContent content, Consumer<Range> documents) {
    LineWalk lines = new LineWalk(content);
    TextCutting cutting = new TextCutting(this, content, documents);
    while (lines.next()) {
      cutting.line(lines.from(), lines.to());
    }
    cutting.end();
  }
}
