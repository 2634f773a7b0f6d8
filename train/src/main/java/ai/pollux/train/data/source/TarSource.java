package ai.pollux.train.data.source;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The samples of tar files, as WebDataset packs them: neighbours whose names agree up to the first
 * dot of the file name are one sample, {@code 0001.png} and {@code 0001.txt}. Tar files are read
 * where they lie; those packed with gzip are refused.
 */
public final class TarSource implements Source {
  private final String name;
  private final List<FileContent> shards;
  private final List<Group> groups;
  private final TarFormat format;

  private record Member(long from, int length) {}

  private record Group(FileContent shard, String key, Map<String, Member> members) {}

  private TarSource(String name, List<FileContent> shards, List<Group> groups, TarFormat format) {
    this.name = name;
    this.shards = shards;
    this.groups = groups;
    this.format = format;
  }

  /**
   * Opens shards and finds what they hold.
   *
   * @throws DataException where one is no tar file, or is packed
   */
  public static TarSource open(String name, List<Path> shards, TarFormat format) {
    List<FileContent> opened = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    try {
      for (Path shard : shards) {
        FileContent content = FileContent.open(shard);
        opened.add(content);
        index(shard, content, groups);
      }
    } catch (DataException e) {
      opened.forEach(FileContent::close);
      throw e;
    }
    return new TarSource(name, opened, groups, format);
  }

  private static void index(Path shard, FileContent content, List<Group> groups) {
    String last = "";
    try (TarFile tar = new TarFile(shard.toFile())) {
      for (TarArchiveEntry entry : tar.getEntries()) {
        String path = entry.getName();
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        if (!entry.isFile() || dot < 0) {
          continue;
        }
        if (entry.isSparse() || entry.getSize() > Integer.MAX_VALUE - 8) {
          throw new DataException(
              "%s, %s: sparse files and files above 2 GB are not read. Pack it again without."
                  .formatted(shard, path));
        }
        String key = path.substring(0, dot);
        if (groups.isEmpty() || !key.equals(last) || groups.getLast().shard() != content) {
          groups.add(new Group(content, key, new LinkedHashMap<>()));
        }
        last = key;
        groups
            .getLast()
            .members()
            .put(path.substring(dot + 1), new Member(entry.getDataOffset(), (int) entry.getSize()));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s: expected a tar file that is not packed, found %s. Unpack it (gunzip), or fetch it again."
              .formatted(shard, e.getMessage()),
          e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return groups.size();
  }

  @Override
  public Sample sample(long index) {
    Group group = groups.get(Math.toIntExact(index));
    Map<String, byte[]> files = new LinkedHashMap<>();
    group
        .members()
        .forEach(
            (end, member) -> files.put(end, group.shard().bytes(member.from(), member.length())));
    try {
      return format.sample(name, files);
    } catch (BadRecordException e) {
      throw new BadRecordException(
          "%s, %s: %s".formatted(group.shard().file(), group.key(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    shards.forEach(FileContent::close);
  }
}
