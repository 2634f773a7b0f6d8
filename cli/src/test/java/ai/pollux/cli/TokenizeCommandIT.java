package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux tokenize} with the tokenizer of a small trained model. */
final class TokenizeCommandIT {
  private static final int BOS = 1;
  private static final String MODEL =
      TestFiles.data("weights/stories260K/stories260K.bin").toString();

  @Test
  void aLineForEachToken() {
    Shell shell = Shell.run("tokenize", "-m", MODEL, "Once\nupon");

    JsonNode report = json("Once\nupon");
    assertThat(shell.exit()).isZero();
    assertThat(shell.out().lines()).hasSize(report.get("ids").size());
  }

  @Test
  void jsonHasAPieceForEachId() {
    JsonNode report = json("Once upon");

    assertThat(report.get("ids").size()).isPositive().isEqualTo(report.get("pieces").size());
  }

  @Test
  void theFramePutsTheBeginningInFront() {
    JsonNode bare = json("Once");
    JsonNode framed = json("Once", "--frame");

    assertThat(framed.get("ids").get(0).asInt()).isEqualTo(BOS);
    assertThat(framed.get("ids").size()).isEqualTo(bare.get("ids").size() + 1);
  }

  @Test
  void spelledControlTokensAreReadOnlyWhenAsked() {
    assertThat(json("<s>").get("ids").size()).isGreaterThan(1);
    JsonNode read = json("<s>", "--specials").get("ids");
    assertThat(read.size()).isEqualTo(1);
    assertThat(read.get(0).asInt()).isEqualTo(BOS);
  }

  private static JsonNode json(String text, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(new String[] {"tokenize", "-m", MODEL, "--json", text}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    Shell shell = Shell.run(arguments);
    assertThat(shell.err()).isEmpty();
    return JsonMapper.shared().readTree(shell.out());
  }
}
