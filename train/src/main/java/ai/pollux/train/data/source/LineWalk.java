package ai.pollux.train.data.source;

/** The lines of a file, one after the other. */
final class LineWalk {
  private final FileContent content;
  private long from;
  private long to;
  private long next;

  LineWalk(FileContent content) {
    this.content = content;
  }

  /** Goes to the next line; false where there is none. */
  boolean next() {
    long size = content.size();
    if (next >= size) {
      return false;
    }
    from = next;
    to = from;
    while (to < size && content.at(to) != '\n') {
      to++;
    }
    next = to + 1;
    return true;
  }

  /** Its first byte. */
  long from() {
    return from;
  }

  /** The byte behind its last, which is a newline or the file's end. */
  long to() {
    return to;
  }

  static boolean isBlank(FileContent content, long from, long to) {
    for (long at = from; at < to; at++) {
      if (content.at(at) < 0 || content.at(at) > ' ') {
        return false;
      }
    }
    return true;
  }
}
