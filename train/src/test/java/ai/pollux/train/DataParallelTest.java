package ai.pollux.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.torch.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes give the loss and the gradients that one gives with the rows of both. */
class DataParallelTest {
  @Test
  void twoProcessesGiveTheLossAndGradientsOfOne(@TempDir Path folder) throws Exception {
    assertThat(UnifiedTiny.FOLDER).exists();
    List<Process> members = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      members.add(start(folder, rank));
    }
    for (int rank = 0; rank < 2; rank++) {
      boolean ended = members.get(rank).waitFor(5, TimeUnit.MINUTES);
      members.get(rank).destroyForcibly();
      String output = Files.readString(folder.resolve("output" + rank));
      assertThat(ended).as("rank %d ended: %s", rank, output).isTrue();
      assertThat(members.get(rank).exitValue()).as(output).isZero();
      String last = output.strip().lines().reduce((a, b) -> b).orElseThrow();
      assertThat(last).startsWith("labels 30.0 loss ");
      double loss = Double.parseDouble(last.substring(last.lastIndexOf(' ')));
      double expected = UnifiedTiny.json("expected.json").path("loss").doubleValue();
      assertThat(loss).isCloseTo(expected, within(1e-5));
    }
  }

  private static Process start(Path folder, int rank) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    for (String property : List.of("pollux.goldens", "pollux.data")) {
      command.add("-D%s=%s".formatted(property, System.getProperty(property)));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), GroupMember.class.getName()));
    command.addAll(List.of(folder.resolve("meeting").toString(), Integer.toString(rank)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output" + rank).toFile())
        .start();
  }

  @Test
  void refusesARankOutsideTheGroup(@TempDir Path folder) {
    assertThatThrownBy(() -> ProcessGroup.join(folder.resolve("meeting"), 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group: expected ranks from 0 to 1, found 2");
  }

  @Test
  void aGroupOfOneIsItself(@TempDir Path folder) {
    try (ProcessGroup group = ProcessGroup.join(folder.resolve("meeting"), 0, 1)) {
      assertThat(group.rank()).isZero();
      assertThat(group.size()).isOne();
      assertThat(group.sum(2.5)).isEqualTo(2.5);
    }
  }
}
