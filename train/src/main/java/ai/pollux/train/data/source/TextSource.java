package ai.pollux.train.data.source;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.nio.file.Path;

/** The documents of a file of text, plain or packed with gzip. Sixteen bytes of index for each. */
public final class TextSource implements Source {
  private final String name;
  private final FileContent content;
  private final long[] begins;
  private final long[] ends;

  private TextSource(String name, FileContent content, long[] begins, long[] ends) {
    this.name = name;
    this.content = content;
    this.begins = begins;
    this.ends = ends;
  }

  /**
   * Opens a file and finds its documents.
   *
   * @throws ai.pollux.train.data.DataException where it cannot be read
   */
  public static TextSource open(String name, Path file, TextCut cut) {
    FileContent content = FileContent.open(file);
    LongList begins = new LongList();
    LongList ends = new LongList();
    try {
      cut.cut(
          content,
          range -> {
            begins.add(range.from());
            ends.add(range.to());
          });
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
    return new TextSource(name, content, begins.toArray(), ends.toArray());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return begins.length;
  }

  /** The document, line ends as {@code \n}, without a byte order mark. */
  @Override
  public Sample sample(long index) {
    int at = Math.toIntExact(index);
    String text = content.text(begins[at], ends[at]).replace("\r\n", "\n");
    if (text.indexOf('\0') >= 0) {
      throw new BadRecordException(
          "%s, byte %d: expected text, found a zero byte. Is it a text file?"
              .formatted(content.file(), begins[at]));
    }
    return Sample.Document.of(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  @Override
  public void close() {
    content.close();
  }
}
