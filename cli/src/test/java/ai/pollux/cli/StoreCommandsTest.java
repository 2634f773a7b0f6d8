package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The store's commands without a network; {@code ModelStoreTest} pulls. */
final class StoreCommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void useAnEmptyStore() {
    System.setProperty("pollux.models", folder.toString());
  }

  @AfterEach
  void useTheOwnStore() {
    System.clearProperty("pollux.models");
  }

  @Test
  void anEmptyStoreSaysHowToFillIt() {
    Shell shell = Shell.run("list");

    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).contains("pollux pull");
    assertThat(JsonMapper.shared().readTree(Shell.run("list", "--json").out()).path("models"))
        .isEmpty();
  }

  @Test
  void aTierIsShownAndSet() {
    assertThat(Shell.run("tiers").out()).contains("nano", "pro", "ultra");

    assertThat(Shell.run("tiers", "nano", "maker/model:Q4_0").exit()).isZero();

    assertThat(Shell.run("tiers").out()).containsPattern("nano +maker/model:Q4_0");
    assertThat(Shell.run("tiers", "nano").exit()).isEqualTo(2);
  }

  @Test
  void aModelThatWasNotPulledSaysHow() {
    Shell shell = Shell.run("inspect", "maker/model");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("maker/model", "not in the store", "pollux pull maker/model");
  }

  @Test
  void whatIsNoNameIsRefusedWithoutAStackTrace() {
    Shell shell = Shell.run("pull", "no name");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("owner/repo").doesNotContain("\tat ");
  }

  @Test
  void removingWhatIsNotThereIsAnError() {
    Shell shell = Shell.run("rm", "maker/model");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("maker/model is not in the store");
  }

  @Test
  void speedAndTimeLeftAreOfWhatCameThisTime() {
    long[] now = {0};
    TransferRate rate = new TransferRate(() -> now[0]);
    assertThat(rate.after(1 << 20, 100 << 20)).isEmpty();

    now[0] = 2_000_000_000L;

    assertThat(rate.after(3 << 20, 100 << 20)).isEqualTo("1.0 MiB/s, 1:37 left");
  }
}
