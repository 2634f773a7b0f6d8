package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writing that is killed, at any moment, is finished by the next one to the same bytes. */
final class KilledWritingTest {
  private static final int TENSORS = 12;

  @TempDir private Path folder;

  /** Twelve tensors of rows that depend on their places; each row takes a while. */
  private static TensorFile file(Path source, long millisPerRow) {
    GgufWriter writer = new GgufWriter().madeOf(new One(source));
    writer.put("general.name", MetadataValue.text("killed"));
    for (int tensor = 0; tensor < TENSORS; tensor++) {
      long seed = tensor;
      writer.tensor(
          "t" + tensor,
          Formats.Q8_0,
          List.of(5L + tensor, 64L),
          TensorSource.encoding(
              Formats.Q8_0,
              64,
              (row, values) -> {
                Random random = new Random(31 * seed + row);
                for (int i = 0; i < values.length; i++) {
                  values[i] = random.nextFloat();
                }
                pause(millisPerRow);
              }));
    }
    return writer.file();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Path target, Path source, long millis, GgufWriter.Progress progress) {
    TensorFile file = file(source, millis);
    file.write(
        new PartFile.Plan(target, file.fingerprint(), 1, UnaryOperator.identity()), progress);
    PartFile.rename(target);
  }

  private byte[] unbroken(Path source) throws IOException {
    Path target = folder.resolve("unbroken.gguf");
    write(target, source, 0, GgufWriter.Progress.NONE);
    return Files.readAllBytes(target);
  }

  /** What lies on the disk after each write is what a kill at that moment leaves. */
  @Test
  void whatAKillLeavesAtAnyMomentIsFinished() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "weights");
    byte[] expected = unbroken(source);
    List<Path> left = new ArrayList<>();
    write(
        folder.resolve("x.gguf"),
        source,
        0,
        (done, total) -> left.add(copied("x.gguf", "moment-" + left.size())));
    assertThat(left).hasSize(TENSORS);
    for (Path moment : left) {
      for (int lost : new int[] {0, 1, 40}) {
        Path target = moment.resolve("again-" + lost + ".gguf");
        Path part = moment.resolve("again-" + lost + ".gguf.part");
        Files.copy(moment.resolve("x.gguf.part"), part);
        Files.copy(moment.resolve("x.gguf.part.done"), Path.of(part + ".done"));
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
          channel.truncate(Math.max(0, channel.size() - lost)); // what did not reach the disk
        }
        write(target, source, 0, GgufWriter.Progress.NONE);
        assertThat(target).hasBinaryContent(expected);
      }
    }
  }

  private Path copied(String name, String moment) {
    try {
      Path to = Files.createDirectories(folder.resolve(moment));
      for (String file : List.of(name + ".part", name + ".part.done")) {
        Files.copy(folder.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSourceThatChangedIsReadFromTheStart() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "weights");
    List<Path> left = new ArrayList<>();
    Path target = folder.resolve("x.gguf");
    write(target, source, 0, (done, total) -> left.add(copied("x.gguf", "m" + left.size())));
    Path last = left.getLast();
    Files.writeString(source, "other weights");
    boolean[] again = {false};
    write(
        last.resolve("x.gguf"),
        source,
        0,
        new GgufWriter.Progress() {
          @Override
          public void at(long done, long total) {}

          @Override
          public void startsAgain(Path part) {
            again[0] = true;
          }
        });
    assertThat(again[0]).isTrue();
  }

  /** {@code kill -9}, again and again, until one writing comes to its end. */
  @Test
  void processesThatAreKilledFinishTheFileTogether() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "weights");
    byte[] expected = unbroken(source);
    Path target = folder.resolve("killed.gguf");
    int kills = 0;
    long before = 0;
    while (Files.notExists(target)) {
      assertThat(kills).as("the file is finished some day").isLessThan(40);
      Process process = start(target, source);
      long more = before + 1;
      waitUntil(process, () -> lines(target) > more || Files.exists(target));
      if (Files.notExists(target)) {
        process.destroyForcibly();
        kills++;
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      before = lines(target);
    }
    assertThat(kills).isGreaterThan(1);
    assertThat(target).hasBinaryContent(expected);
    assertThat(folder.resolve("killed.gguf.part")).doesNotExist();
  }

  private static void waitUntil(Process process, BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (process.isAlive() && !done.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  /** Places to go on from that the journal knows. */
  private static long lines(Path target) {
    try {
      Path journal = target.resolveSibling(target.getFileName() + ".part.done");
      return Files.readString(journal).lines().count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Process start(Path target, Path source) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Writing.class.getName(),
            target.toString(),
            source.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The process that is killed. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] arguments) {
      write(Path.of(arguments[0]), Path.of(arguments[1]), 4, GgufWriter.Progress.NONE);
    }
  }

  /** A checkpoint of one file, of which only its identity counts. */
  private record One(Path path) implements Checkpoint {
    @Override
    public Kind kind() {
      return Kind.GGUF;
    }

    @Override
    public Set<String> names() {
      return Set.of("t");
    }

    @Override
    public Entry entry(String name) {
      return new Entry(name, List.of(), "F32", Optional.empty(), path, MemorySegment.NULL);
    }

    @Override
    public Metadata metadata() {
      return new Metadata(path, Map.of());
    }

    @Override
    public Optional<Path> companion(String fileName) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
