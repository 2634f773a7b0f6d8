package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.ffmpeg.RgbFrame;
import ai.pollux.content.ffmpeg.VideoReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.testkit.TestFiles;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prompts with media to ids, for every multimodal case of the goldens. */
final class PromptExpansionGoldenTest {
  @TestFactory
  Stream<DynamicTest> idsAreTheReferences() {
    return GoldenMedia.prompts().stream()
        .map(prompt -> DynamicTest.dynamicTest(prompt.toString(), () -> check(prompt)));
  }

  private static void check(GoldenMedia.Prompt prompt) {
    Tokenizer tokenizer =
        Tokenizers.fromTokenizerJson(prompt.folder().resolve("hf/tokenizer.json"));
    PromptExpansion expansion = new PromptExpansion(markup(prompt), tokenizer);
    List<PromptMedium> media = media(prompt);
    ExpandedPrompt expanded =
        expansion.expand(GoldenMedia.string(prompt.input().member("text")), media);
    int[] ids = GoldenMedia.wholes(prompt.input().member("ids"));
    assertThat(tokenizer.framed(expanded.ids())).isEqualTo(ids);
    int begin = ids.length - expanded.ids().length;
    int[] kinds = new int[ids.length];
    for (ExpandedPrompt.Run run : expanded.runs()) {
      int kind =
          switch (media.get(run.medium())) {
            case PromptMedium.Image _ -> 1;
            case PromptMedium.Video _ -> 2;
            case PromptMedium.Sound _ -> 3;
          };
      IntStream.range(0, run.length()).forEach(i -> kinds[begin + run.start() + i] = kind);
    }
    assertThat(kinds).isEqualTo(prompt.ints("media_kind"));
  }

  private static MediaMarkup markup(GoldenMedia.Prompt prompt) {
    return switch (prompt.files().modelType()) {
      case "gemma3" -> MediaMarkup.gemma3();
      case "gemma3n" -> MediaMarkup.gemma3n();
      default -> MediaMarkup.gemma4();
    };
  }

  private static List<PromptMedium> media(GoldenMedia.Prompt prompt) {
    List<PromptMedium> media = new ArrayList<>();
    int images = 0;
    int sounds = 0;
    for (Json.Obj medium : prompt.media()) {
      media.add(
          switch (GoldenMedia.string(medium.member("type"))) {
            case "image" ->
                PromptMedium.Image.of(prompt.imageProcessor().process(prompt.image(images++)));
            case "audio" -> new PromptMedium.Sound(soundTokens(prompt, sounds++));
            case "video" -> video(prompt, GoldenMedia.string(medium.member("file")));
            case String other -> throw new AssertionError(other);
          });
    }
    return media;
  }

  /** Raw frames are tokens; of mel frames every fourth is one: two convolutions of stride 2. */
  private static int soundTokens(GoldenMedia.Prompt prompt, int sound) {
    int frames = prompt.ints("frames_per_clip")[sound];
    return prompt.files().modelType().equals("gemma4_unified")
        ? frames
        : Math.ceilDiv(Math.ceilDiv(frames, 2), 2);
  }

  private static PromptMedium video(GoldenMedia.Prompt prompt, String file) {
    List<RgbFrame> frames = new ArrayList<>();
    byte[] bytes = GoldenMedia.bytes(TestFiles.golden("media/" + file));
    try (VideoReader reader =
        VideoReader.open(MemorySegment.ofArray(bytes), MediaLimits.standard())) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        frames.add(next.get());
      }
    }
    ImageProcessor processor = ImageProcessors.forFrames(prompt.files()).orElseThrow();
    List<PromptMedium.Frame> taken = new ArrayList<>();
    for (int index : GoldenMedia.wholes(prompt.input().member("frame_indices"))) {
      RgbFrame frame = frames.get(index);
      RgbImage image = new RgbImage(frame.width(), frame.height(), frame.rgb());
      taken.add(
          new PromptMedium.Frame(
              Duration.ofNanos(frame.nanos()), processor.process(image).getFirst().softTokens()));
    }
    return new PromptMedium.Video(taken);
  }
}
