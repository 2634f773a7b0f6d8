package ai.pollux.assistant.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.convert.GgufConversion;
import ai.pollux.model.convert.Recipe;
import ai.pollux.model.convert.Requantization;
import ai.pollux.model.convert.SafetensorsConversion;
import ai.pollux.tensor.quant.BlockFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rewrites models. A file has its name only when it is whole; one that is there is replaced only if
 * that is asked for. Memory is that of a few megabytes of rows, and the vocabulary.
 */
public final class Conversions {
  private static final String WEIGHTS = "model.safetensors";

  /** What of a folder are weights, and not copied beside others. */
  private static final List<String> WEIGHT_ENDINGS =
      List.of(".safetensors", ".index.json", ".gguf", ".bin", ".pth", ".part");

  private Conversions() {}

  /**
   * Writes a model as one GGUF: a Hugging Face folder with its vocabulary and chat template, or a
   * GGUF with its matrices in other formats.
   *
   * @param replaces whether a file of that name may be replaced
   * @throws RuntimeException whose message says what is wrong with the source, the name or the disk
   */
  public static void toGguf(
      Path source, Path target, Recipe recipe, boolean replaces, GgufWriter.Progress progress) {
    refuse(source, target, replaces);
    try (Checkpoint checkpoint = Checkpoints.open(source)) {
      GgufWriter writer =
          switch (checkpoint.kind()) {
            case GGUF -> Requantization.of(checkpoint, recipe);
            case SAFETENSORS -> withVocabulary(checkpoint, recipe);
            case LLAMA2C ->
                throw new ConversionException(
                    "%s: llama2.c files have no vocabulary to convert. Name a Hugging Face folder or a GGUF"
                        .formatted(source));
          };
      writer.write(target, progress);
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
   * Writes the tensors of a Hugging Face folder to another folder in one type, and copies what lies
   * beside them.
   *
   * @param target a folder, which is made if it is not there
   * @param format F32, F16 or BF16
   * @param replaces whether weights that are there may be replaced
   */
  public static void toSafetensors(
      Path source,
      Path target,
      BlockFormat format,
      boolean replaces,
      GgufWriter.Progress progress) {
    Path weights = target.resolve(WEIGHTS);
    refuse(source, weights, replaces);
    try (Checkpoint checkpoint = Checkpoints.open(source)) {
      if (checkpoint.kind() != Checkpoint.Kind.SAFETENSORS) {
        throw new ConversionException(
            "%s: safetensors are made of a Hugging Face folder, found %s"
                .formatted(source, checkpoint.kind()));
      }
      Files.createDirectories(target);
      try (Stream<Path> beside = Files.list(folder(source))) {
        for (Path file : beside.filter(Conversions::isCompanion).toList()) {
          Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      SafetensorsConversion.of(checkpoint, format).write(weights, progress);
    } catch (IOException e) {
      throw new ConversionException(
          "%s: cannot be written: %s".formatted(target, e.getMessage()), e);
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
