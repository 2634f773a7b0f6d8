package ai.pollux.train.data.source;

import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pictures, sounds or videos in folders, one a file, in order of path. */
public final class FolderSource implements Source {
  private final String name;
  private final List<Labelled> files;
  private final MediaDecoder decoder;
  private final Labelling labelling;

  private record Labelled(Path file, String label) {}

  private FolderSource(
      String name, List<Labelled> files, MediaDecoder decoder, Labelling labelling) {
    this.name = name;
    this.files = files;
    this.decoder = decoder;
    this.labelling = labelling;
  }

  /**
   * Files of one kind whose label a rule knows; where it knows none, the file is left out.
   *
   * @throws DataException where there are none
   */
  public static FolderSource of(
      String name,
      Path folder,
      MediaDecoder.Kind kind,
      Function<Path, Optional<String>> label,
      MediaDecoder decoder,
      Labelling labelling) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Labelled> files =
          paths
              .filter(Files::isRegularFile)
              .filter(file -> MediaDecoder.Kind.of(file.getFileName().toString()) == kind)
              .sorted()
              .flatMap(file -> label.apply(file).map(each -> new Labelled(file, each)).stream())
              .toList();
      if (files.isEmpty()) {
        throw new DataException(
            "%s: expected files of kind %s with labels, found none. Check the folder, and how its files are named."
                .formatted(folder, kind));
      }
      return new FolderSource(name, files, decoder, labelling);
    } catch (IOException e) {
      throw FileContent.unreadable(folder, e);
    }
  }

  /** The label is the name of the folder a file lies in: {@code cat/0001.png}. */
  public static Optional<String> byFolder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent())
        .flatMap(folder -> Optional.ofNullable(folder.getFileName()))
        .map(Path::toString);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return files.size();
  }

  @Override
  public Sample sample(long index) {
    Labelled labelled = files.get(Math.toIntExact(index));
    return labelling.sample(name, decoder.decode(labelled.file()), labelled.label());
  }
}
