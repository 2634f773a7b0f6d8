package ai.pollux.train.data.source;

import ai.pollux.content.Json;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.nio.file.Path;

/**
 * A file of JSON objects, one a line, plain or packed with gzip. Blank lines do not count. Eight
 * bytes of index for each line.
 */
public final class JsonlSource implements Source {
  private final String name;
  private final FileContent content;
  private final long[] lines;
  private final RecordFormat format;

  private JsonlSource(String name, FileContent content, long[] lines, RecordFormat format) {
    this.name = name;
    this.content = content;
    this.lines = lines;
    this.format = format;
  }

  /**
   * Opens a file and finds its lines.
   *
   * @throws ai.pollux.train.data.DataException where it cannot be read
   */
  public static JsonlSource open(String name, Path file, RecordFormat format) {
    FileContent content = FileContent.open(file);
    LongList lines = new LongList();
    LineWalk walk = new LineWalk(content);
    while (walk.next()) {
      if (!LineWalk.isBlank(content, walk.from(), walk.to())) {
        lines.add(walk.from());
      }
    }
    return new JsonlSource(name, content, lines.toArray(), format);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return lines.length;
  }

  @Override
  public Sample sample(long index) {
    return format.sample(name, record(index));
  }

  /**
   * A line as it is.
   *
   * @throws BadRecordException where it is not a JSON object
   */
  Json.Obj record(long index) {
    int at = Math.toIntExact(index);
    String line =
        content.text(lines[at], at + 1 < lines.length ? lines[at + 1] : content.size()).strip();
    try {
      if (Json.parse(line) instanceof Json.Obj record) {
        return record;
      }
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(
          "%s, byte %d: %s".formatted(content.file(), lines[at], e.getMessage()), e);
    }
    throw new BadRecordException(
        "%s, byte %d: expected a JSON object, found \"%s\"."
            .formatted(content.file(), lines[at], line.substring(0, Math.min(40, line.length()))));
  }

  @Override
  public void close() {
    content.close();
  }
}
