package ai.pollux.train.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonlSourceTest {
  @TempDir Path folder;

  private Sample first(String line, RecordFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("records.jsonl"), "\n" + line + "\n\n");
    try (JsonlSource source = JsonlSource.open("records", file, format)) {
      assertThat(source.size()).isEqualTo(1);
      return source.sample(0);
    }
  }

  private List<Turn> turns(String line, RecordFormat format) throws IOException {
    return ((Sample.Dialogue) first(line, format)).conversation().turns();
  }

  @Test
  void aTextBecomesADocument() throws IOException {
    assertThat(first("{\"text\": \"Hello.\"}", RecordFormat.text("text")))
        .isEqualTo(Sample.Document.of("records", "Hello."));
  }

  @Test
  void aPromptAndItsResponseBecomeADialogue() throws IOException {
    assertThat(turns("{\"q\": \"1 + 1?\", \"a\": \"2\"}", RecordFormat.answered("q", "a")))
        .containsExactly(Turn.user("1 + 1?"), Turn.model("2"));
  }

  @Test
  void messagesBecomeTurns() throws IOException {
    String line =
        "{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"}, {\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Hello\"}]}";
    Sample.Dialogue dialogue = (Sample.Dialogue) first(line, RecordFormat.messages());
    assertThat(dialogue.conversation().system()).containsExactly(new Part.Text("Be kind."));
    assertThat(dialogue.conversation().turns())
        .containsExactly(Turn.user("Hi"), Turn.model("Hello"));
  }

  @Test
  void humanAndAssistantAreTurns() throws IOException {
    String line =
        "{\"chosen\": \"\\n\\nHuman: A Human: here?\\n\\nAssistant: Yes.\\n\\nTwo.\\n\\nHuman: So\\n\\nAssistant: No\"}";
    assertThat(turns(line, RecordFormat.humanAssistant("chosen")))
        .containsExactly(
            Turn.user("A Human: here?"),
            Turn.model("Yes.\n\nTwo."),
            Turn.user("So"),
            Turn.model("No"));
  }

  @Test
  void theFirstInstanceOfATaskIsTaken() throws IOException {
    String line =
        "{\"instruction\": \"Add.\", \"instances\": [{\"input\": \"1 2\", \"output\": \"3\"}, {\"input\": \"\", \"output\": \"\"}]}";
    assertThat(turns(line, RecordFormat.selfInstruct()))
        .containsExactly(Turn.user("Add.\n\n1 2"), Turn.model("3"));
  }

  @Test
  void whatIsWrongWithARecordIsSaid() {
    assertBad("{\"text\": 3}", RecordFormat.text("text"), "text: expected a string, found 3.");
    assertBad("{}", RecordFormat.text("text"), "text: expected a string, found nothing.");
    assertBad("[1]", RecordFormat.text("text"), "expected a JSON object, found \"[1]\".");
    assertBad("{\"text\": ", RecordFormat.text("text"), "byte 1: Not a JSON text: ");
    assertBad(
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}",
        RecordFormat.messages(),
        "Expected a conversation that ends with the model, found one that ends with USER.");
    assertBad(
        "{\"messages\": [{\"role\": \"robot\", \"content\": \"Hi\"}]}",
        RecordFormat.messages(),
        "role: expected system, user, assistant or model, found \"robot\".");
    assertBad("{\"messages\": []}", RecordFormat.messages(), "ends with the model, found no turn.");
    assertBad(
        "{\"instances\": []}",
        RecordFormat.selfInstruct(),
        "instances: expected a list with an instance, found [].");
    assertBad(
        "{\"q\": \"?\", \"a\": \"\"}",
        RecordFormat.answered("q", "a"),
        "Expected an answer, found an empty one.");
    assertBad(
        "{\"chosen\": \"Hello\"}",
        RecordFormat.humanAssistant("chosen"),
        "begins with \"Human:\" or \"Assistant:\", found \"Hello\".");
  }

  private void assertBad(String line, RecordFormat format, String message) {
    assertThatThrownBy(() -> first(line, format))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"t\":\"a\"}\n{\"t\":\"b\"}");
    try (JsonlSource source = JsonlSource.open("a", file, RecordFormat.text("t"))) {
      assertThat(source.size()).isEqualTo(2);
      assertThat(source.sample(1)).isEqualTo(Sample.Document.of("a", "b"));
    }
  }

  @Test
  void pairsDifferInTheLastAnswer() throws IOException {
    String same =
        "{\"chosen\": \"\\n\\nHuman: Q\\n\\nAssistant: A\", \"rejected\": \"\\n\\nHuman: Q\\n\\nAssistant: B\"}";
    String other =
        "{\"chosen\": \"\\n\\nHuman: Q\\n\\nAssistant: A\", \"rejected\": \"\\n\\nHuman: R\\n\\nAssistant: B\"}";
    Path file = Files.writeString(folder.resolve("pairs.jsonl"), same + "\n" + other);
    try (PreferencePairs pairs = PreferencePairs.open("pairs", file)) {
      assertThat(pairs.size()).isEqualTo(2);
      PreferencePairs.Pair pair = pairs.pair(0);
      assertThat(pair.chosen().conversation().turns().getLast()).isEqualTo(Turn.model("A"));
      assertThat(pair.rejected().conversation().turns().getLast()).isEqualTo(Turn.model("B"));
      assertThatThrownBy(() -> pairs.pair(1))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining("found conversations that differ before the last answer");
    }
  }
}
