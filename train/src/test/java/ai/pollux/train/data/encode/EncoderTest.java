package ai.pollux.train.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.audio.SoundFrontEnd;
import ai.pollux.content.image.Resampling;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.MediaMarkup;
import ai.pollux.content.processor.PatchProcessor;
import ai.pollux.content.processor.PatchSettings;
import ai.pollux.content.processor.Scaling;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.model.MediaInput;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EncoderTest {
  private static final ByteTokenizer TOKENIZER = new ByteTokenizer();
  private static final Media NOTHING = new Media("", new byte[0]);

  static FrontEnds frontEnds() {
    ImageProcessor images =
        new PatchProcessor(new PatchSettings(4, 1, 70, true, Resampling.BICUBIC, Scaling.unit()));
    return new FrontEnds(
        MediaMarkup.gemma4(),
        Optional.of(images),
        Optional.of(images),
        2,
        Optional.of(new SoundFrontEnd.Raw(10, 50)));
  }

  private static Encoder encoder(int contextLength) {
    return new Encoder(TOKENIZER, new Gemma4Template(), frontEnds(), contextLength);
  }

  private static RgbImage image(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  /** The text that rows predict, {@code _} where they predict nothing. */
  private static String learned(Sequence sequence) {
    return IntStream.of(sequence.targets())
        .mapToObj(id -> id == Sequence.NOT_LEARNED ? "_" : TOKENIZER.piece(id))
        .collect(Collectors.joining());
  }

  private static String text(Sequence sequence) {
    return TOKENIZER.decode(sequence.ids());
  }

  /** Every target is the id of the row behind. */
  private static void assertAligned(Sequence sequence) {
    int last = sequence.length() - 1;
    assertThat(sequence.targets()[last]).isEqualTo(Sequence.NOT_LEARNED);
    for (int row = 0; row < last; row++) {
      if (sequence.targets()[row] != Sequence.NOT_LEARNED) {
        assertThat(sequence.targets()[row]).isEqualTo(sequence.ids()[row + 1]);
      }
    }
  }

  @Test
  void allOfADocumentIsLearnedWithItsEnd() {
    Sequence sequence = encoder(64).encode(Sample.Document.of("a", "Hi <bos>")).getFirst();
    assertThat(text(sequence)).isEqualTo("<bos>Hi <bos><eos>");
    assertThat(sequence.length()).as("what a text spells is no mark").isEqualTo(10);
    assertThat(learned(sequence)).isEqualTo("Hi <bos><eos>_");
    assertAligned(sequence);
  }

  @Test
  void ofADialogueWhatTheModelSaysIsLearned() {
    Conversation conversation =
        new Conversation(
            List.of(new Part.Text("Be kind.")),
            List.of(Turn.user("1?"), Turn.model("One"), Turn.user("2?"), Turn.model("Zwölf")),
            List.of());
    Sequence sequence =
        encoder(200).encode(new Sample.Dialogue("a", conversation, List.of())).getFirst();
    assertThat(learned(sequence).replaceAll("_+", " ").strip())
        .isEqualTo("One<turn|> Zwölf<turn|>".replace("ö", "\uFFFD\uFFFD")); // byte by byte
    assertThat(text(sequence))
        .endsWith("<|turn>model\n<|channel>thought\n<channel|>Zwölf<turn|>\n");
    assertAligned(sequence);
  }

  @Test
  void mediaStandInTheirPlacesAndAreNotLearned() {
    Sample document =
        new Sample.Document(
            "a",
            List.of(
                new Sample.Piece.Words("See "),
                new Sample.Piece.Shown(new Medium.Picture(image(32, 32))),
                new Sample.Piece.Words("hear"),
                new Sample.Piece.Shown(new Medium.Sound(new float[25]))));
    Sequence sequence = encoder(300).encode(document).getFirst();
    assertThat(text(sequence))
        .isEqualTo(
            "<bos>See <|image>%s<image|>hear<|audio>%s<audio|><eos>"
                .formatted("<|image|>".repeat(64), "<|audio|>".repeat(3)));
    assertThat(learned(sequence).replaceAll("_+", "_")).isEqualTo("See _hear_<eos>_");
    PlacedInput picture = sequence.media().getFirst();
    assertThat(picture.row()).isEqualTo(6);
    assertThat(picture.count()).isEqualTo(64);
    assertThat(((MediaInput.Patches) picture.input()).count()).isEqualTo(64);
    assertThat(picture.isBlock()).isTrue();
    assertThat(picture.rows()).startsWith(6, 7).endsWith(69);
    PlacedInput sound = sequence.media().getLast();
    assertThat(sound.isBlock()).isFalse();
    assertThat(((MediaInput.Sound) sound.input()).frames()).isEqualTo(3);
    assertThat(TOKENIZER.piece(sequence.ids()[sound.row()])).isEqualTo("<|audio|>");
    assertAligned(sequence);
  }

  @Test
  void longSoundsAreSeveralClipsAndFilmsAreSampledByTime() {
    Turn user =
        new Turn(
            Turn.Role.USER,
            List.of(new Part.Audio(NOTHING), new Part.Text("and"), new Part.Video(NOTHING)));
    Conversation conversation =
        new Conversation(List.of(), List.of(user, Turn.model("ok")), List.of());
    Medium.Film film =
        new Medium.Film(List.of(image(8, 8), image(8, 8), image(8, 8), image(8, 8)), 0.5);
    Sample sample =
        new Sample.Dialogue("a", conversation, List.of(new Medium.Sound(new float[60]), film));
    Sequence sequence = encoder(400).encode(sample).getFirst();
    String frame = "<|image>" + "<|video|>".repeat(64) + "<image|>";
    assertThat(text(sequence))
        .contains(
            "<|audio>%s<audio|><|audio><|audio|><audio|>and00:00 %s 00:04 %s<turn|>"
                .formatted("<|audio|>".repeat(5), frame, frame));
    assertThat(sequence.media()).hasSize(4);
  }

  @Test
  void aLongDocumentBecomesPiecesThatPredictEachTokenOnce() {
    String text = "abcdefghijklmnopqrstuvwxyz";
    List<Sequence> pieces = encoder(10).encode(Sample.Document.of("a", text));
    assertThat(pieces.stream().map(EncoderTest::text))
        .containsExactly("<bos>abcdefghi", "<bos>ijklmnopq", "<bos>qrstuvwxy", "<bos>yz<eos>");
    assertThat(pieces.stream().map(EncoderTest::learned).collect(Collectors.joining()))
        .isEqualTo("abcdefghi__jklmnopq__rstuvwxy__z<eos>_");
    pieces.forEach(EncoderTest::assertAligned);
  }

  @Test
  void aPictureIsNeverCut() {
    Sample document =
        new Sample.Document(
            "a",
            List.of(
                new Sample.Piece.Words("w".repeat(50)),
                new Sample.Piece.Shown(new Medium.Picture(image(32, 32))),
                new Sample.Piece.Words("end")));
    List<Sequence> pieces = encoder(80).encode(document);
    assertThat(pieces.stream().map(EncoderTest::text))
        .containsExactly(
            "<bos>" + "w".repeat(50),
            "<bos>w<|image>" + "<|image|>".repeat(64) + "<image|>end<eos>");
    assertThat(pieces.get(1).media().getFirst().row()).isEqualTo(3);
    assertThatThrownBy(() -> encoder(60).encode(document))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("A medium takes 66 tokens, more than fit a sequence of 60. Show it smaller.");
  }

  @Test
  void whatCannotBeWrittenIsABadRecord() {
    Conversation seen =
        new Conversation(
            List.of(),
            List.of(new Turn(Turn.Role.USER, List.of(new Part.Image(NOTHING))), Turn.model("ok")),
            List.of());
    Conversation asked = Conversation.ask("Hi");
    assertBad(
        encoder(99),
        new Sample.Dialogue("a", seen, List.of()),
        "Expected one medium for each media part, found 0 for 1 parts.");
    Medium picture = new Medium.Picture(image(8, 8));
    assertBad(
        encoder(99),
        new Sample.Dialogue("a", seen, List.of(picture, picture)),
        "found 2 for 1 parts");
    assertBad(
        encoder(99), new Sample.Dialogue("a", asked, List.of()), "Nothing to learn: expected");
    assertBad(
        encoder(20),
        new Sample.Dialogue("a", seen, List.of(picture)),
        "does not fit a sequence of 20, and is not cut.");
    assertBad(encoder(99), Sample.Document.of("a", ""), "found an empty one");
    Encoder blind = new Encoder(TOKENIZER, new Gemma4Template(), FrontEnds.none(), 99);
    assertBad(
        blind,
        new Sample.Dialogue("a", seen, List.of(picture)),
        "The model that is trained does not read images.");
    Sample spelled =
        new Sample.Dialogue(
            "a",
            new Conversation(
                List.of(), List.of(Turn.user("<|image|>"), Turn.model("x")), List.of()),
            List.of());
    assertBad(encoder(99), spelled, "A text must not spell these marks");
    assertBad(
        encoder(99),
        new Sample.Document("a", List.of(new Sample.Piece.Shown(new Medium.Sound(new float[0])))),
        "too short to be heard");
  }

  private static void assertBad(Encoder encoder, Sample sample, String message) {
    assertThatThrownBy(() -> encoder.encode(sample))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aContextOfNothingIsRefused() {
    assertThatThrownBy(() -> encoder(3)).hasMessage("context length: expected at least 8, found 3");
  }
}
