package ai.pollux.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.assistant.media.MediaReader;
import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ProcessorFiles;
import ai.pollux.content.processor.PromptExpansion;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.engine.PromptMedium;
import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.encode.Encoder;
import ai.pollux.train.data.encode.PlacedInput;
import ai.pollux.train.data.encode.Sequence;
import ai.pollux.train.data.source.MediaDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a model is trained on is what it is asked with when it serves, id for id, float for float.
 */
final class TrainingEqualsServingTest {
  private static final int CONTEXT = 4096;
  private static final MediaDecoder DECODER = new MediaDecoder(MediaLimits.standard(), 1000);

  private final List<Medium> media = new ArrayList<>();

  private record Sides(PromptWriter serving, Encoder training, Tokenizer tokenizer) {
    static Sides of(String family) {
      Path hf = TestFiles.golden(family + "/mixed/hf");
      Tokenizer tokenizer = Tokenizers.fromTokenizerJson(hf.resolve("tokenizer.json"));
      FrontEnds frontEnds = FrontEnds.of(ProcessorFiles.in(hf), true, true, true);
      Gemma4Template template = new Gemma4Template();
      PromptWriter serving =
          new PromptWriter(
              tokenizer,
              template,
              new MediaReader(frontEnds, MediaLimits.standard(), CONTEXT),
              new PromptExpansion(frontEnds.markup(), tokenizer));
      return new Sides(serving, new Encoder(tokenizer, template, frontEnds, CONTEXT), tokenizer);
    }
  }

  private byte[] bytes(String name) throws IOException {
    Path file = TestFiles.golden("media/" + name);
    media.add(DECODER.decode(file));
    return Files.readAllBytes(file);
  }

  private Part image(String name) throws IOException {
    return new Part.Image(new Media("image/png", bytes(name)));
  }

  private Part sound(String name) throws IOException {
    return new Part.Audio(new Media("audio/wav", bytes(name)));
  }

  private Part video(String name) throws IOException {
    return new Part.Video(new Media("video/mp4", bytes(name)));
  }

  /** Trains on the turns; asks with all but the last. */
  private void assertEqual(Sides sides, Turn... turns) {
    Conversation asked =
        new Conversation(
            List.of(new Part.Text("Be brief.")),
            List.of(turns).subList(0, turns.length - 1),
            List.of());
    Conversation whole = new Conversation(asked.system(), List.of(turns), List.of());
    WrittenPrompt prompt = sides.serving().write(new Prompt.Chat(asked, false));
    Sequence trained =
        sides.training().encode(new Sample.Dialogue("test", whole, media)).getFirst();
    int length = prompt.ids().length;
    assertThat(Arrays.copyOf(trained.ids(), length)).isEqualTo(prompt.ids());
    assertThat(trained.media()).hasSameSizeAs(prompt.media());
    for (int i = 0; i < trained.media().size(); i++) {
      PlacedInput placed = trained.media().get(i);
      PromptMedium served = prompt.media().get(i);
      assertThat(placed.row()).isEqualTo(served.span().from());
      assertThat(placed.count()).isEqualTo(served.span().count());
      assertThat(placed.isBlock()).isEqualTo(served.span().isBlock());
      assertThat(placed.input()).usingRecursiveComparison().isEqualTo(served.input());
    }
    int[] learned =
        IntStream.range(length - 1, trained.length())
            .map(row -> trained.targets()[row])
            .takeWhile(target -> target != Sequence.NOT_LEARNED)
            .toArray();
    String answer = ((Part.Text) turns[turns.length - 1].parts().getFirst()).text();
    assertThat(sides.tokenizer().decode(learned)).isEqualTo(answer + "<turn|>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma4", "gemma4_unified"})
  void allKindsOfMediaInOneConversation(String family) throws IOException {
    Turn first =
        new Turn(
            Turn.Role.USER,
            List.of(
                new Part.Text("Look: "),
                image("wide-300x200.png"),
                sound("odd-3s-16k.wav"),
                new Part.Text(" What is it?")));
    Turn second =
        new Turn(
            Turn.Role.USER,
            List.of(video("clip-64x48.mp4"), image("photo-97x61.jpg"), new Part.Text("And here?")));
    assertEqual(
        Sides.of(family), first, Turn.model("A cat."), second, Turn.model("<b>Two</b> dogs"));
  }

  @Test
  void aSoundOfAnotherRateAndAnImageOfAnOddSize() throws IOException {
    Turn user =
        new Turn(Turn.Role.USER, List.of(sound("stereo-44k.wav"), image("odd-1023x769.png")));
    assertEqual(Sides.of("gemma4_unified"), user, Turn.model("ok"));
  }

  @Test
  void textAlone() {
    assertEqual(
        Sides.of("gemma4_unified"),
        Turn.user("  One\n\n\ntwo  "),
        Turn.model("yes"),
        Turn.user("é 漢字 ⭐"),
        Turn.model("so be it"));
  }
}
