package ai.pollux.cli;

import ai.pollux.torch.ProcessGroup;
import ai.pollux.train.run.RunException;
import ai.pollux.train.run.Team;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The other processes of {@code pollux train --processes N}: the same command again, with a rank.
 * What they print goes to {@code process-1.log} and so on in the run's folder. Closing ends them.
 */
final class TrainingProcesses implements AutoCloseable {
  private static final int MOST_MINUTES_TO_END = 5;

  /**
   * One that was started.
   *
   * @param log what it printed
   */
  private record Member(Process process, Path log) {}

  private final int size;
  private final Path meeting;
  private final List<Member> members = new ArrayList<>();

  private TrainingProcesses(int size, Path meeting) {
    this.size = size;
    this.meeting = meeting;
  }

  /** Starts all but the first, if this is the first. */
  static TrainingProcesses start(CommandSpec spec, Path folder, int rank, int size) {
    Path meeting = folder.resolve("meeting-" + ProcessHandle.current().pid()).toAbsolutePath();
    TrainingProcesses started = new TrainingProcesses(size, meeting);
    try {
      for (int other = 1; rank == 0 && other < size; other++) {
        started.members.add(started.member(spec, folder, other));
      }
      return started;
    } catch (IOException e) {
      started.close();
      throw new UncheckedIOException("a second process cannot be started", e);
    }
  }

  private Member member(CommandSpec spec, Path folder, int rank) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(spec.root().commandLine().getParseResult().originalArgs());
    command.addAll(List.of("--rank", Integer.toString(rank), "--meeting", meeting.toString()));
    Path log = folder.resolve("process-%d.log".formatted(rank));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Member(process, log);
  }

  /**
   * This process' place among them.
   *
   * @param named where they meet, if this is not the first
   */
  Team join(int rank, @Nullable Path named) {
    return size == 1
        ? Team.alone()
        : Team.of(ProcessGroup.join(named == null ? meeting : named, rank, size));
  }

  /**
   * Waits until the others have ended.
   *
   * @throws RunException if one failed
   */
  void await() {
    for (Member member : members) {
      try {
        boolean hasEnded = member.process().waitFor(MOST_MINUTES_TO_END, TimeUnit.MINUTES);
        if (!hasEnded || member.process().exitValue() != 0) {
          throw new RunException(
              "a process of the run %s; what it said is in %s"
                  .formatted(hasEnded ? "failed" : "did not end", member.log()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    members.forEach(member -> member.process().destroyForcibly());
    try {
      if (!members.isEmpty()) {
        Files.deleteIfExists(meeting);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(meeting + ": cannot be removed", e);
    }
  }
}
