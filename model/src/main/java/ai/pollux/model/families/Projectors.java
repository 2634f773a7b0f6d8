package ai.pollux.model.families;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the second file of a GGUF model that reads media: llama.cpp keeps encoders apart from the
 * decoder, in a file called {@code mmproj…}.
 */
final class Projectors {
  private static final String ARCHITECTURE = "clip";
  private static final List<String> MEDIA = List.of("clip.", "clip.vision.", "clip.audio.");

  private Projectors() {}

  /**
   * The projector that lies in the folder of a model and was made for it, if there is one.
   *
   * @throws ModelException if there are several, none of which has the model's name after {@code
   *     mmproj-}
   */
  static Optional<Path> beside(Checkpoint model) {
    if (model.kind() != Checkpoint.Kind.GGUF) {
      return Optional.empty();
    }
    List<Path> fitting =
        candidates(model.path()).stream().filter(file -> fits(file, model)).toList();
    String own = "mmproj-" + model.path().getFileName();
    Optional<Path> named = fitting.stream().filter(file -> file.endsWith(own)).findFirst();
    if (fitting.size() > 1 && named.isEmpty()) {
      throw new ModelException(
          "%s has several projectors beside it: %s. Say which one with --mmproj"
              .formatted(
                  model.path().getFileName(),
                  fitting.stream()
                      .map(file -> String.valueOf(file.getFileName()))
                      .collect(Collectors.joining(", "))));
    }
    return named.or(() -> fitting.stream().findFirst());
  }

  /**
   * Opens a projector that someone named.
   *
   * @throws ModelException if it is another kind of file
   */
  static Checkpoint open(Path file) {
    Checkpoint projector = Checkpoints.open(file);
    String found = projector.metadata().text("general.architecture").orElse("nothing");
    if (!found.equals(ARCHITECTURE)) {
      projector.close();
      throw new ModelException(
          "%s: is no projector: expected general.architecture %s, found %s"
              .formatted(file.getFileName(), ARCHITECTURE, found));
    }
    return projector;
  }

  private static List<Path> candidates(Path model) {
    Path folder = Files.isDirectory(model) ? model : model.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Checkpoints::isProjector).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file's kind of projector is one of the model's family, and of its size. */
  private static boolean fits(Path file, Checkpoint model) {
    String architecture = model.metadata().text("general.architecture").orElse("");
    Set<String> known =
        Models.FAMILIES.stream()
            .filter(family -> family.name().equals(architecture))
            .map(Family::projectors)
            .findFirst()
            .orElse(Set.of());
    long size = model.metadata().whole(architecture + ".embedding_length").orElse(0);
    try (Checkpoint projector = Checkpoints.open(file)) {
      Metadata metadata = projector.metadata();
      return MEDIA.stream()
              .flatMap(part -> metadata.text(part + "projector_type").stream())
              .anyMatch(known::contains)
          && MEDIA.stream()
              .flatMapToLong(part -> metadata.whole(part + "projection_dim").stream())
              .allMatch(each -> each == size);
    }
  }
}
