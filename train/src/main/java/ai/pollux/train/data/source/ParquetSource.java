package ai.pollux.train.data.source;

import ai.pollux.content.Json;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a Parquet file. Rows are decoded {@value #BLOCK} at a time and the last few blocks
 * kept, so shuffling keeps blocks together ({@link #run}).
 */
public final class ParquetSource implements Source {
  private static final int BLOCK = 256;
  private static final int KEPT_BLOCKS = 8;

  private final String name;
  private final Path file;
  private final ParquetFileReader reader;
  private final RecordFormat format;
  private final Map<Long, List<Json.Obj>> blocks = new LinkedHashMap<>(16, 0.75f, true);

  private ParquetSource(String name, Path file, ParquetFileReader reader, RecordFormat format) {
    this.name = name;
    this.file = file;
    this.reader = reader;
    this.format = format;
  }

  /**
   * Opens a file.
   *
   * @throws DataException where it is not Parquet, or packed in a way that is not supported
   */
  public static ParquetSource open(String name, Path file, RecordFormat format) {
    try {
      return new ParquetSource(name, file, ParquetFileReader.open(InputFile.of(file)), format);
    } catch (IOException | RuntimeException e) {
      throw new DataException(
          "%s: expected a Parquet file, found %s. Check the path, or fetch the file again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return reader.getFileMetaData().numRows();
  }

  @Override
  public int run() {
    return BLOCK;
  }

  @Override
  public Sample sample(long index) {
    return format.sample(name, block(index / BLOCK).get((int) (index % BLOCK)));
  }

  private synchronized List<Json.Obj> block(long block) {
    List<Json.Obj> rows = blocks.get(block);
    if (rows == null) {
      rows = decode(block);
      blocks.put(block, rows);
      if (blocks.size() > KEPT_BLOCKS) {
        blocks.remove(blocks.keySet().iterator().next());
      }
    }
    return rows;
  }

  private List<Json.Obj> decode(long block) {
    List<Json.Obj> rows = new ArrayList<>();
    try (RowReader reading = reader.buildRowReader().skip(block * BLOCK).head(BLOCK).build()) {
      while (reading.hasNext()) {
        reading.next();
        rows.add(ParquetValues.object(reading));
      }
    } catch (RuntimeException e) {
      throw new BadRecordException(
          "%s, rows from %d on: %s The block cannot be decoded; fetch the file again."
              .formatted(file, block * BLOCK, e.getMessage()),
          e);
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw FileContent.unreadable(file, e);
    }
  }
}
