package ai.pollux.assistant.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.model.convert.FolderConversion;
import ai.pollux.model.convert.GgufConversion;
import ai.pollux.model.convert.ProjectorConversion;
import ai.pollux.model.convert.ProjectorRecipe;
import ai.pollux.model.convert.Recipe;
import ai.pollux.model.convert.Requantization;
import ai.pollux.model.convert.SafetensorsConversion;
import ai.pollux.tensor.quant.BlockFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rewrites models. A file has its name only when it is whole; one that is there is replaced only if
 * that is asked for. Memory is that of a few megabytes of rows, and the vocabulary.
 */
public final class Conversions {
  private static final String WEIGHTS = "model.safetensors";

  /** What of a folder are weights, and not copied beside others. */
  private static final List<String> WEIGHT_ENDINGS =
      List.of(".safetensors", ".index.json", ".gguf", ".bin", ".pth", ".part", ".done");

  private Conversions() {}

  /**
   * Where encoders of a folder go, and how.
   *
   * @param file a GGUF of their own
   */
  public record ProjectorTarget(Path file, ProjectorRecipe recipe) {
    /** Beside a decoder's file, {@code mmproj-NAME}, in the formats that go with its own. */
    public static ProjectorTarget beside(Path decoder, Recipe recipe) {
      return new ProjectorTarget(
          decoder.resolveSibling("mmproj-" + decoder.getFileName()),
          ProjectorRecipe.beside(recipe));
    }
  }

  /**
   * Writes a model as GGUF: a Hugging Face folder with its vocabulary and chat template, or a GGUF
   * with its matrices in other formats.
   *
   * @param projector where what sees and hears in a folder goes; nowhere if it is empty
   * @param replaces whether files of these names may be replaced
   * @return the files that were written
   * @throws RuntimeException whose message says what is wrong with the source, the name or the disk
   */
  public static List<Path> toGguf(
      Path source,
      Path target,
      Recipe recipe,
      Optional<ProjectorTarget> projector,
      boolean replaces,
      GgufWriter.Progress progress) {
    refuse(source, target, replaces);
    try (Checkpoint checkpoint = Checkpoints.open(source)) {
      Map<Path, GgufWriter> writers = new LinkedHashMap<>();
      switch (checkpoint.kind()) {
        case GGUF -> writers.put(target, Requantization.of(checkpoint, recipe));
        case SAFETENSORS -> {
          writers.put(target, withVocabulary(checkpoint, recipe));
          projector.ifPresent(each ->
              ProjectorConversion.of(checkpoint)
                  .ifPresent(encoders -> {
                    refuse(source, each.file(), replaces);
                    writers.put(each.file(), encoders.writer(each.recipe()));
                  }));
        }
        case LLAMA2C ->
            throw new ConversionException(
                "%s: llama2.c files have no vocabulary to convert. Name a Hugging Face folder or a GGUF"
                    .formatted(source));
      }
      // Both are whole before either has its name, so that a killed run can go on in both.
      writers.forEach((file, writer) -> writer.stage(file, progress));
      List<Path> files = List.copyOf(writers.keySet());
      files.reversed().forEach(GgufWriter::release);
      return files;
    }
  }

  private static GgufWriter withVocabulary(Checkpoint checkpoint, Recipe recipe) {
    GgufConversion conversion = GgufConversion.of(checkpoint);
    GgufWriter writer = conversion.writer(recipe);
    VocabularyMetadata.put(
        writer, folder(checkpoint.path()), conversion.name(), conversion.vocabulary());
    return writer;
  }

  /**
   * Writes a model as a Hugging Face folder: the tensors of another in one type with what lies
   * beside them, or a GGUF's decoder with settings, vocabulary and chat template.
   *
   * @param target a folder, which is made if it is not there
   * @param format F32, F16 or BF16
   * @param replaces whether weights that are there may be replaced
   * @return the file of the weights
   */
  public static Path toSafetensors(
      Path source,
      Path target,
      BlockFormat format,
      boolean replaces,
      GgufWriter.Progress progress) {
    Path weights = target.resolve(WEIGHTS);
    refuse(source, weights, replaces);
    try (Checkpoint checkpoint = Checkpoints.open(source)) {
      SafetensorsWriter writer =
          switch (checkpoint.kind()) {
            case SAFETENSORS -> {
              copyCompanions(folder(source), Files.createDirectories(target));
              yield SafetensorsConversion.of(checkpoint, format);
            }
            case GGUF -> {
              FolderConversion conversion = FolderConversion.of(checkpoint);
              FolderFiles.write(
                  checkpoint, conversion.config(format), Files.createDirectories(target));
              yield conversion.writer(format);
            }
            case LLAMA2C ->
                throw new ConversionException(
                    "%s: safetensors are made of a Hugging Face folder or a GGUF, found llama2.c weights"
                        .formatted(source));
          };
      writer.write(weights, progress);
      return weights;
    } catch (IOException e) {
      throw new ConversionException(
          "%s: cannot be written: %s".formatted(target, e.getMessage()), e);
    }
  }

  private static void copyCompanions(Path from, Path to) throws IOException {
    try (Stream<Path> beside = Files.list(from)) {
      for (Path file : beside.filter(Conversions::isCompanion).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isCompanion(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && WEIGHT_ENDINGS.stream().noneMatch(name::endsWith);
  }

  private static void refuse(Path source, Path target, boolean replaces) {
    if (Files.exists(target) && !replaces) {
      throw new ConversionException(
          "%s: is there already. Say --force to replace it".formatted(target));
    }
    if (source.toAbsolutePath().normalize().equals(target.toAbsolutePath().normalize())
        || folder(source).resolve(WEIGHTS).toAbsolutePath().equals(target.toAbsolutePath())) {
      throw new ConversionException("%s: is what would be read. Name another".formatted(target));
    }
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return Files.isDirectory(path) || parent == null ? path : parent;
  }
}
