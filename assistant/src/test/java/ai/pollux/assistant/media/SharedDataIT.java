package ai.pollux.assistant.media;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.audio.SoundFrontEnd;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ImageProcessors;
import ai.pollux.content.processor.MediaMarkup;
import ai.pollux.content.processor.ProcessorFiles;
import ai.pollux.content.processor.PromptMedium;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every photo, receipt, recording, clip and PDF of the public data through the way a request goes:
 * from its bytes, by a process that reads it, to the places it takes of a prompt.
 *
 * <p>Tokens of Gemma 4 are the reference's: for pictures ⌊f·w/48⌋·⌊f·h/48⌋ with f = √(280·48² /
 * (w·h)), which content's goldens hold to transformers for these very files; of a video 32 frames
 * likewise of 70; of a sound of n samples at 16 kHz ⌈⌈m/2⌉/2⌉ with m = ⌊(n + 160 - 321) / 160⌋ + 1,
 * n as librosa and PyAV find it. Gemma 3 and 3n take 256 for a picture, 3n 188 for a sound.
 */
final class SharedDataIT {
  private static final int CONTEXT = 131_072;
  private static final int PICTURE = 256;
  private static final int FRAMES = 32;

  private static final MediaReader GEMMA4 =
      reader("gemma4", MediaMarkup.gemma4(), Optional.of(SoundFrontEnd.gemma4()));
  private static final MediaReader GEMMA3 =
      reader("gemma3", MediaMarkup.gemma3(), Optional.empty());
  private static final MediaReader GEMMA3N =
      reader("gemma3n", MediaMarkup.gemma3n(), Optional.of(SoundFrontEnd.gemma3n()));

  private static MediaReader reader(
      String family, MediaMarkup markup, Optional<SoundFrontEnd> sounds) {
    Json config = Json.parse("{\"model_type\": \"" + family + "\", \"vision_config\": {}}");
    ProcessorFiles files =
        new ProcessorFiles((Json.Obj) config, Json.Obj.EMPTY, Json.Obj.EMPTY, Json.Obj.EMPTY);
    FrontEnds frontEnds =
        new FrontEnds(
            markup,
            ImageProcessors.forImages(files),
            ImageProcessors.forFrames(files),
            FRAMES,
            sounds);
    return new MediaReader(frontEnds, MediaLimits.standard(), CONTEXT);
  }

  @AfterAll
  static void close() {
    Stream.of(GEMMA4, GEMMA3, GEMMA3N).forEach(MediaReader::close);
  }

  @ParameterizedTest
  @CsvSource({
    "images/photos/cow_in_beach.jpg, 260",
    "images/photos/lilly.jpg, 266",
    "images/photos/sunflower.JPG, 256",
    "images/photos/test_image.jpg, 272",
    "multimodal/genai-samples/bridge1.png, 264",
    "multimodal/genai-samples/checkerboard.png, 256",
    "multimodal/genai-samples/dog.jpg, 264",
    "multimodal/genai-samples/google.jpg, 264",
    "multimodal/genai-samples/google.png, 252",
    "multimodal/genai-samples/google_homepage.png, 253",
    "multimodal/genai-samples/google_small.png, 256",
    "multimodal/genai-samples/man.jpg, 264",
    "multimodal/genai-samples/segmentation_scribble.jpg, 264",
    "multimodal/genai-samples/skateboard_stop_sign.jpg, 264",
    "multimodal/sroie/img/000.jpg, 264",
    "multimodal/sroie/img/001.jpg, 275",
    "multimodal/sroie/img/002.jpg, 264",
    "multimodal/sroie/img/003.jpg, 253",
    "multimodal/sroie/img/004.jpg, 264",
    "multimodal/sroie/img/005.jpg, 266",
    "multimodal/sroie/img/006.jpg, 260",
    "multimodal/sroie/img/007.jpg, 252",
    "multimodal/sroie/img/008.jpg, 266",
    "multimodal/sroie/img/009.jpg, 252",
    "multimodal/sroie/img/010.jpg, 276",
    "multimodal/sroie/img/011.jpg, 252",
    "multimodal/sroie/img/012.jpg, 276",
    "multimodal/sroie/img/013.jpg, 252",
    "multimodal/sroie/img/014.jpg, 270",
    "multimodal/sroie/img/015.jpg, 276",
    "multimodal/sroie/img/016.jpg, 250",
    "multimodal/sroie/img/017.jpg, 270",
    "multimodal/sroie/img/018.jpg, 250",
    "multimodal/sroie/img/019.jpg, 253"
  })
  void pictures(String file, int tokens) throws IOException {
    Part.Image image = new Part.Image(media(file));
    assertThat(tokens(GEMMA4, image)).isEqualTo(Map.of(Modality.IMAGE, tokens));
    assertThat(tokens(GEMMA3, image)).isEqualTo(Map.of(Modality.IMAGE, PICTURE));
    assertThat(tokens(GEMMA3N, image)).isEqualTo(Map.of(Modality.IMAGE, PICTURE));
  }

  /** Samples at 16 kHz are in content's tests; here what they become. */
  @ParameterizedTest
  @CsvSource({
    "audio/asr/example2.flac, 52",
    "audio/asr/jfk.mp3, 275",
    "audio/asr/jfk.wav, 275",
    "audio/asr/spk1_snt1.wav, 72",
    "audio/asr/spk1_snt2.wav, 79",
    "audio/asr/spk1_snt3.wav, 68",
    "audio/asr/spk1_snt4.wav, 63",
    "audio/asr/spk1_snt5.wav, 65",
    "audio/asr/spk1_snt6.wav, 57",
    "audio/asr/spk2_snt1.wav, 50",
    "audio/asr/spk2_snt2.wav, 44",
    "audio/asr/spk2_snt3.wav, 47",
    "audio/asr/spk2_snt4.wav, 51",
    "audio/asr/spk2_snt5.wav, 50",
    "audio/asr/spk2_snt6.wav, 45",
    "multimodal/genai-samples/voice_sample.wav, 52",
    "multimodal/genai-samples/pixel.m4a, 398"
  })
  void sounds(String file, int tokens) throws IOException {
    Part.Audio sound = new Part.Audio(media(file));
    assertThat(tokens(GEMMA4, sound)).isEqualTo(Map.of(Modality.AUDIO, tokens));
    assertThat(tokens(GEMMA3N, sound)).isEqualTo(Map.of(Modality.AUDIO, 188));
  }

  /** 32 frames, and the sound where there is one. */
  @ParameterizedTest
  @CsvSource({
    "video/demo.mp4, 63, 0",
    "video/test_video.mp4, 64, 126",
    "video/flipping_a_pancake.mkv, 66, 259",
    "multimodal/genai-samples/animal.mp4, 66, 69"
  })
  void videos(String file, int frame, int sound) throws IOException {
    Part.Video video = new Part.Video(media(file));
    Map<Modality, Integer> expected = new EnumMap<>(Map.of(Modality.VIDEO, FRAMES * frame));
    if (sound > 0) {
      expected.put(Modality.AUDIO, sound);
    }
    assertThat(tokens(GEMMA4, video)).isEqualTo(expected);
    assertThat(tokens(GEMMA3, video)).isEqualTo(Map.of(Modality.VIDEO, FRAMES * PICTURE));
    expected.put(Modality.VIDEO, FRAMES * PICTURE);
    expected.computeIfPresent(Modality.AUDIO, (_, _) -> 188);
    assertThat(tokens(GEMMA3N, video)).isEqualTo(expected);
  }

  /** A page of letter size, 612 x 792: a picture, and its text beside it. */
  @Test
  void theStory() throws IOException {
    Part.Document story = new Part.Document(media("multimodal/genai-samples/story.pdf"));
    assertThat(tokens(GEMMA4, story)).isEqualTo(Map.of(Modality.DOCUMENT, 14 * 19));
    assertThat(tokens(GEMMA3, story)).isEqualTo(Map.of(Modality.DOCUMENT, PICTURE));
    assertThat(tokens(GEMMA3N, story)).isEqualTo(Map.of(Modality.DOCUMENT, PICTURE));
    assertThat(read(GEMMA4, story).shown().turns().getFirst().parts())
        .filteredOn(Part.Text.class::isInstance)
        .hasSize(1);
  }

  /** A file that is added to the data is added here. */
  @Test
  void nothingIsLeftOut() throws Exception {
    TreeSet<String> named = new TreeSet<>(List.of("multimodal/genai-samples/story.pdf"));
    for (String test : List.of("pictures", "sounds", "videos")) {
      Stream.of(SharedDataIT.class.getDeclaredMethods())
          .filter(method -> method.getName().equals(test))
          .flatMap(method -> Stream.of(method.getAnnotation(CsvSource.class).value()))
          .forEach(line -> named.add(line.substring(0, line.indexOf(','))));
    }
    Path root = TestFiles.data("");
    List<String> found = new ArrayList<>();
    for (String folder :
        List.of(
            "images/photos",
            "multimodal/genai-samples",
            "multimodal/sroie/img",
            "audio/asr",
            "video")) {
      try (Stream<Path> files = Files.list(TestFiles.data(folder))) {
        files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.matches("(?i).*\\.(jpe?g|png|wav|mp3|flac|m4a|mp4|mkv|pdf)"))
            .forEach(found::add);
      }
    }
    assertThat(new TreeSet<>(found)).isEqualTo(named);
  }

  private static Media media(String file) throws IOException {
    return new Media("", Files.readAllBytes(TestFiles.data(file)));
  }

  private static ReadConversation read(MediaReader reader, Part part) {
    Turn turn = new Turn(Turn.Role.USER, List.of(part));
    return reader.read(new Conversation(List.of(), List.of(turn), List.of()));
  }

  private static Map<Modality, Integer> tokens(MediaReader reader, Part part) {
    Map<Modality, Integer> tokens = new EnumMap<>(Modality.class);
    for (ReadMedium medium : read(reader, part).media()) {
      int count =
          switch (medium.place()) {
            case PromptMedium.Image(int each, int crops) -> each * (1 + crops);
            case PromptMedium.Sound(int all) -> all;
            case PromptMedium.Video(var frames) ->
                frames.stream().mapToInt(PromptMedium.Frame::softTokens).sum();
          };
      tokens.merge(medium.modality(), count, Integer::sum);
    }
    return tokens;
  }
}
