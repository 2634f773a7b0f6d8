package ai.pollux.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model, out of its jar, asked in every way. */
final class LibraryIT {
  private static Pollux pollux;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    pollux = Pollux.open(PolluxOptions.BUNDLED.withThreads(2).withSeed(7));
  }

  @AfterAll
  static void close() {
    pollux.close();
  }

  enum Size {
    SMALL,
    LARGE
  }

  record Piece(String name, double weight, Optional<String> colour) {}

  record Lamp(String name, int price, boolean isNew, Size size, List<Piece> parts) {}

  record Item(@Description("one of what is sold") Ware item) {}

  enum Ware {
    LAMP,
    CHAIR
  }

  @Test
  void answersTheSameEachTime() {
    Reply reply = pollux.ask("What is 2 + 3?").generate();
    assertThat(reply.text()).isNotBlank();
    assertThat(reply.end()).isEqualTo(EndReason.STOP);
    assertThat(pollux.ask("What is 2 + 3?").generate().text()).isEqualTo(reply.text());
    assertThat(reply.tokens().prompt()).isEqualTo(pollux.ask("What is 2 + 3?").countTokens());
    assertThat(reply.tokens().answer()).isPositive();
    assertThat(pollux.name()).isEqualTo("pollux-nano");
  }

  @Test
  void drawsWithTheSeedOfTheQuestionElseOfTheOptions() {
    Question story = pollux.ask("Tell me a story.").temperature(1).maxTokens(20);
    assertThat(story.generate().text()).isEqualTo(story.generate().text());
    assertThat(story.generate().seed()).isEqualTo(7);
    assertThat(story.seed(8).generate().text()).isNotEqualTo(story.generate().text());
    assertThat(story.seed(8).generate().seed()).isEqualTo(8);
  }

  @Test
  void streamsWhatGenerateGives() {
    Question story = pollux.ask("Tell me a story.").maxTokens(30);
    String whole = story.generate().text();
    List<String> pieces = new ArrayList<>();
    try (ReplyStream answer = story.stream()) {
      answer.forEach(pieces::add);
      assertThat(answer.reply().text()).isEqualTo(whole);
      assertThat(answer.reply().end()).isEqualTo(EndReason.MAX_TOKENS);
      assertThat(answer.reply().tokens().answer()).isEqualTo(30);
    }
    assertThat(pieces).hasSizeGreaterThan(5);
    assertThat(String.join("", pieces)).isEqualTo(whole);
    try (var streamed = story.stream().stream()) {
      assertThat(streamed.limit(3).toList()).isEqualTo(pieces.subList(0, 3));
    }
  }

  @Test
  void stopsAtATextAndHoldsToShapes() {
    String story = pollux.ask("Tell me a story.").maxTokens(30).generate().text();
    String word = story.split(" ", -1)[3];
    assertThat(pollux.ask("Tell me a story.").stopAt(word).maxTokens(30).generate().text())
        .isEqualTo(story.substring(0, story.indexOf(word)));
    assertThat(pollux.ask("Is it?").choose("yes", "no")).isIn("yes", "no");
    assertThat(
            pollux
                .ask("When?")
                .shape(new AnswerShape.Pattern("[0-9]{4}-[0-9]{2}"))
                .generate()
                .text())
        .matches("[0-9]{4}-[0-9]{2}");
  }

  @Test
  void fillsARecord() {
    Lamp lamp = pollux.ask("Describe a lamp.").temperature(1).maxTokens(300).as(Lamp.class);
    assertThat(lamp.size()).isIn(Size.SMALL, Size.LARGE);
    assertThat(lamp.name()).isNotNull();
    assertThat(lamp.parts()).isNotNull();
    assertThatThrownBy(() -> pollux.ask("Describe a lamp.").maxTokens(1).as(Lamp.class))
        .hasMessageStartingWith(
            "maxTokens: an answer of the form that is asked for needs at least ");
  }

  @Test
  void callsToolsAndAnswersWithWhatTheyGave() {
    List<Item> asked = new ArrayList<>();
    Reply reply =
        pollux
            .ask("What does the lamp cost?")
            .tool(
                "get_price",
                "The price of a thing",
                Item.class,
                item -> {
                  asked.add(item);
                  return 12;
                })
            .mustCall()
            .maxTokens(40)
            .generate();
    assertThat(asked).isNotEmpty();
    assertThat(reply.calls()).hasSameSizeAs(asked);
    assertThat(reply.turns().getFirst().role()).isEqualTo(Turn.Role.MODEL);
    assertThat(reply.turns().get(1).role()).isEqualTo(Turn.Role.TOOL);
    assertThat(reply.turns().get(1).parts().getFirst())
        .isInstanceOfSatisfying(
            Part.ToolResult.class,
            result -> assertThat(result.response()).isEqualTo(Json.object("result", Json.of(12))));
    assertThat(reply.turns().getLast().role()).isEqualTo(Turn.Role.MODEL);
  }

  @Test
  void aToolThatFailsEndsTheAnswer() {
    Question question = pollux.ask("What does the lamp cost?").maxTokens(40);
    assertThatThrownBy(() ->
            question
                .tool(
                    "get_price",
                    "The price",
                    Item.class,
                    _ -> {
                      throw new IOException("no network");
                    })
                .mustCall()
                .generate())
        .isInstanceOf(PolluxException.class)
        .hasMessage("the tool get_price failed: no network");
    assertThatThrownBy(() -> question.mustCall().generate())
        .hasMessage("mustCall(): no tool is there to be called. Add one: tool(...)");
    assertThatThrownBy(
            () -> question.tool("get_price", "The price", Item.class, _ -> 1).as(Lamp.class))
        .hasMessageStartingWith("a question with tools cannot be held to a shape as well.");
  }

  @Test
  void seesPicturesAndReadsTexts() throws IOException {
    byte[] picture = picture();
    Path file = Files.write(folder.resolve("picture.png"), picture);
    Question question = pollux.ask("Which digit is this?");
    assertThat(question.show(picture).countTokens()).isGreaterThan(question.countTokens());
    Reply reply = question.show(file).generate();
    assertThat(reply.text()).isNotBlank();
    assertThat(reply.text()).isEqualTo(question.show(picture).generate().text());
    byte[] text = "A dog ran.".getBytes(StandardCharsets.UTF_8);
    assertThat(question.show(text).countTokens()).isGreaterThan(question.countTokens());
    assertThatThrownBy(() -> question.show(folder.resolve("none.png")))
        .hasMessage(folder.resolve("none.png") + ": there is no such file");
    assertThatThrownBy(() -> question.show(new byte[] {1, 2, 0}))
        .hasMessage(
            "3 bytes: expected an image, a sound, a video, a PDF or a text, found a file of another kind. Convert it to one of them");
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(13, 4, 3, 20);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void goesOnWithAConversation() {
    Reply first = pollux.ask("What is 2 + 3?").system("Be brief.").generate();
    Question next = pollux.ask("And 3 + 3?").after(first);
    assertThat(next.countTokens())
        .isGreaterThan(first.tokens().prompt() + pollux.ask("And 3 + 3?").countTokens() / 2);
    Reply second = next.generate();
    assertThat(second.text()).isNotBlank();
  }

  @Test
  void theCopyOfTheModelIsDeletedAtTheEnd() {
    Path copied;
    try (BundledModel copy = BundledModel.copy()) {
      copied = copy.folder();
      assertThat(copied.resolve("model.safetensors")).exists();
    }
    assertThat(copied).doesNotExist();
  }

  @Test
  void theReferenceBackendAnswersAlike() {
    // Greedy tokens of the two backends differ only where two scores are within rounding.
    try (Pollux slow = Pollux.open(PolluxOptions.BUNDLED.onReference().withContext(256))) {
      assertThat(slow.ask("What is 2 + 3?").generate().text())
          .isEqualTo(pollux.ask("What is 2 + 3?").generate().text());
    }
  }
}
