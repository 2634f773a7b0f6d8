package ai.pollux.model.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Opens what holds weights, whatever its format. */
public final class Checkpoints {
  private static final String INDEX = ".safetensors.index.json";

  private Checkpoints() {}

  /**
   * Opens a file (safetensors, a safetensors index, GGUF, llama2.c), told apart by content, or a
   * folder that holds one.
   *
   * @throws CheckpointException if it is none of these, or damaged
   */
  @SuppressWarnings("MustBeClosedChecker") // the checkpoint closes it
  public static Checkpoint open(Path path) {
    Path file = Files.isDirectory(path) ? fileIn(path) : path;
    Arena arena = Arena.ofShared();
    try {
      return new MappedCheckpoint(path, read(file, arena), arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Two files as one checkpoint: a decoder, and the encoders that llama.cpp keeps in a file of
   * their own. Closing it closes both.
   *
   * @throws CheckpointException if a tensor is in both
   */
  public static Checkpoint join(Checkpoint decoder, Checkpoint projector) {
    return new JoinedCheckpoint(decoder, projector);
  }

  /** Whether a file's name says that it holds encoders only: {@code mmproj-f16.gguf}. */
  public static boolean isProjector(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.contains("mmproj") && name.endsWith(".gguf");
  }

  private static Contents read(Path file, Arena arena) {
    if (file.toString().endsWith(INDEX)) {
      return ShardedSafetensors.read(file, arena);
    }
    MappedFile mapped = MappedFile.map(file, arena);
    if (GgufReader.claims(mapped)) {
      return SplitGguf.read(mapped, arena);
    }
    if (SafetensorsReader.claims(mapped)) {
      return SafetensorsReader.read(mapped);
    }
    if (Llama2cReader.claims(mapped)) {
      return Llama2cReader.read(mapped);
    }
    throw new CheckpointException(
        file,
        "expected safetensors, GGUF or llama2.c weights, found %d bytes that start with %s. %s"
            .formatted(mapped.size(), start(mapped), advice(mapped)));
  }

  /** The file of weights in a folder: an index, one safetensors file, or one GGUF. */
  private static Path fileIn(Path folder) {
    List<Path> files = list(folder);
    files = files.stream().allMatch(Checkpoints::isProjector) ? files : decoders(files);
    for (Predicate<String> kind :
        List.<Predicate<String>>of(
            name -> name.equals("model" + INDEX),
            name -> name.endsWith(INDEX),
            name -> name.equals("model.safetensors"),
            name -> name.endsWith(".safetensors"),
            name -> name.endsWith(".gguf"))) {
      List<Path> found =
          files.stream().filter(file -> kind.test(file.getFileName().toString())).toList();
      if (found.size() == 1 || (!found.isEmpty() && SplitGguf.isFirst(found.getFirst()))) {
        return found.getFirst();
      }
      if (found.size() > 1) {
        throw new CheckpointException(
            folder,
            "the folder holds several models: %s. Name one of the files"
                .formatted(found.stream().map(Path::getFileName).toList()));
      }
    }
    throw new CheckpointException(
        folder,
        "the folder holds no .safetensors and no .gguf. Name the folder or file of a model");
  }

  private static List<Path> decoders(List<Path> files) {
    return files.stream().filter(file -> !isProjector(file)).toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new CheckpointException(folder, "cannot be listed: " + e.getMessage(), e);
    }
  }

  private static String start(MappedFile file) {
    byte[] bytes = file.bytes().asSlice(0, Math.min(8, file.size())).toArray(JAVA_BYTE);
    return bytes.length == 0 ? "nothing" : HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static String advice(MappedFile file) {
    boolean zipOrPickle =
        file.size() > 2
            && ((file.bytes().get(JAVA_BYTE, 0) == 'P' && file.bytes().get(JAVA_BYTE, 1) == 'K')
                || file.bytes().get(JAVA_BYTE, 0) == (byte) 0x80);
    return zipOrPickle
        ? "PyTorch's own files can run code when they are read: convert it to safetensors"
        : "Name a file of weights";
  }
}
