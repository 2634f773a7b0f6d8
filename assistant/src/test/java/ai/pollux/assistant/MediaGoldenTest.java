package ai.pollux.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.assistant.media.FrontEndFinder;
import ai.pollux.assistant.media.MediaReader;
import ai.pollux.content.Clip;
import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.MediaMarkup;
import ai.pollux.content.processor.PanAndScan;
import ai.pollux.content.processor.PatchProcessor;
import ai.pollux.content.processor.PictureProcessor;
import ai.pollux.content.processor.PromptExpansion;
import ai.pollux.content.template.ChatTemplate;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.engine.Engine;
import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.Event;
import ai.pollux.engine.Generation;
import ai.pollux.engine.GenerationRequest;
import ai.pollux.engine.PromptMedium;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.simd.SimdBackend;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the bytes of pictures, sounds and videos to the tokens of the answer, as the reference
 * library gives them: every multimodal prompt of the goldens whose media are files.
 */
final class MediaGoldenTest {
  private static final Path MEANT = Path.of("../model/src/test/resources/golden/gemma4-audio");

  @TestFactory
  Stream<DynamicTest> filesGiveTheReferencesIdsAndAnswers() {
    return Stream.of("gemma3", "gemma3n", "gemma4", "gemma4_unified")
        .flatMap(family -> TestFiles.goldenCases(family).stream())
        .flatMap(folder -> prompts(folder).map(prompt -> test(folder, prompt)));
  }

  private static Stream<JsonNode> prompts(Path folder) {
    JsonNode prompts = json(folder.resolve("input.json")).path("prompts");
    return StreamSupport.stream(prompts.spliterator(), false)
        .filter(prompt -> prompt.has("media") && prompt.has("text"));
  }

  private static DynamicTest test(Path folder, JsonNode prompt) {
    String name = folder.getParent().getFileName() + "/" + folder.getFileName();
    return DynamicTest.dynamicTest(
        name + " " + prompt.path("name").asString(), () -> check(folder, prompt));
  }

  private static void check(Path folder, JsonNode prompt) throws Exception {
    Path hf = folder.resolve("hf");
    try (SimdBackend backend = new SimdBackend(2);
        Checkpoint checkpoint = Models.open(hf);
        LanguageModel model = Models.load(checkpoint, backend, Progress.NONE)) {
      FrontEnds frontEnds =
          as(prompt.path("processor"), FrontEndFinder.find(checkpoint, model.info()));
      Tokenizer tokenizer = Tokenizers.fromTokenizerJson(hf.resolve("tokenizer.json"));
      PromptWriter writer =
          new PromptWriter(
              tokenizer,
              template(frontEnds.markup()),
              new MediaReader(frontEnds, MediaLimits.standard(), 512),
              new PromptExpansion(frontEnds.markup(), tokenizer));
      WrittenPrompt written = writer.write(new Prompt.Chat(conversation(prompt), false));
      assertThat(written.ids()).isEqualTo(ids(prompt));
      EngineOptions options = EngineOptions.of(model.info()).withContextLength(512);
      GenerationRequest request = request(written.ids(), written.media());
      List<GenerationRequest> others = List.of(otherText(request), otherMedia(request));
      List<int[]> alone = alone(model, backend, options, others);
      try (Engine engine = new Engine(model, backend, options.withStepTokens(64))) {
        int[] found = answer(engine.submit(request));
        assertThat(found).isEqualTo(greedy(folder, prompt.path("name").asString()));
        assertThat(answer(engine.submit(request))).as("from the prefix cache").isEqualTo(found);
        for (int i = 0; i < others.size(); i++) {
          assertThat(answer(engine.submit(others.get(i))))
              .as("beside the first one in the prefix cache")
              .isEqualTo(alone.get(i));
        }
      }
    }
  }

  private static GenerationRequest request(int[] ids, List<PromptMedium> media) {
    return GenerationRequest.of(ids).withMedia(media).withMaxTokens(24).withIgnoreStop(true);
  }

  /** What each request gets where no prefix is reused. */
  private static List<int[]> alone(
      LanguageModel model,
      SimdBackend backend,
      EngineOptions options,
      List<GenerationRequest> requests)
      throws InterruptedException {
    try (Engine engine = new Engine(model, backend, options.withPrefixReuse(false))) {
      List<int[]> answers = new ArrayList<>();
      for (GenerationRequest request : requests) {
        answers.add(answer(engine.submit(request)));
      }
      return answers;
    }
  }

  /** The same media, and another last word. */
  private static GenerationRequest otherText(GenerationRequest request) {
    int[] ids = request.prompt();
    boolean isMedium =
        request.media().stream().anyMatch(medium -> medium.span().end() == ids.length);
    ids[ids.length - 1] = isMedium ? ids[ids.length - 1] : 300;
    return request(ids, request.media());
  }

  /** The same text, and media of the same sizes that are not the same. */
  private static GenerationRequest otherMedia(GenerationRequest request) {
    return request(
        request.prompt(),
        request.media().stream()
            .map(medium ->
                PromptMedium.of(
                    reversed(medium.input()), medium.span().from(), medium.span().count()))
            .toList());
  }

  private static MediaInput reversed(MediaInput input) {
    float[] values = new float[input.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = input.values()[values.length - 1 - i];
    }
    return switch (input) {
      case MediaInput.Patches patches ->
          new MediaInput.Patches(values, patches.width(), patches.columns(), patches.rows());
      case MediaInput.Picture picture ->
          new MediaInput.Picture(values, picture.height(), picture.width());
      case MediaInput.Sound sound -> new MediaInput.Sound(values, sound.width(), sound.frames());
    };
  }

  /** The settings that the reference was given for this prompt alone. */
  private static FrontEnds as(JsonNode settings, FrontEnds frontEnds) {
    Optional<ImageProcessor> images =
        frontEnds
            .images()
            .map(standard ->
                switch (standard) {
                  case PatchProcessor patches when settings.has("max_soft_tokens") ->
                      new PatchProcessor(
                          patches
                              .settings()
                              .withSoftTokens(settings.path("max_soft_tokens").asInt()));
                  case PictureProcessor pictures when settings.has("do_pan_and_scan") ->
                      new PictureProcessor(
                          pictures
                              .settings()
                              .withPanAndScan(
                                  new PanAndScan(
                                      settings.path("pan_and_scan_min_crop_size").asInt(),
                                      settings.path("pan_and_scan_max_num_crops").asInt(),
                                      settings
                                          .path("pan_and_scan_min_ratio_to_activate")
                                          .asDouble())));
                  case ImageProcessor other -> other;
                });
    return new FrontEnds(
        frontEnds.markup(), images, frontEnds.frames(), frontEnds.frameCount(), frontEnds.sounds());
  }

  /** The parts one after the other: the goldens' prompts are in no chat format. */
  private static ChatTemplate template(MediaMarkup markup) {
    return (conversation, options) -> {
      StringBuilder text = new StringBuilder("<bos>");
      for (Part part : conversation.turns().getFirst().parts()) {
        text.append(
            switch (part) {
              case Part.Text(String words) -> words;
              case Part.Image _ -> markup.image().orElseThrow().placeholder();
              case Part.Audio _ -> markup.sound().orElseThrow().placeholder();
              case Part.Video _ -> markup.video().orElseThrow().placeholder();
              default -> throw new AssertionError(part);
            });
      }
      return text.toString();
    };
  }

  private static Conversation conversation(JsonNode prompt) throws IOException {
    List<Part> parts = new ArrayList<>();
    String text = prompt.path("text").asString();
    Matcher places = Pattern.compile("<\\|(image|audio|video)\\|>|<start_of_image>").matcher(text);
    int from = 0;
    for (JsonNode medium : prompt.path("media")) {
      assertThat(places.find()).isTrue();
      parts.add(new Part.Text(text.substring(from, places.start())));
      parts.add(part(medium, prompt));
      from = places.end();
    }
    parts.add(new Part.Text(text.substring(from)));
    return new Conversation(List.of(), List.of(new Turn(Turn.Role.USER, parts)), List.of());
  }

  private static Part part(JsonNode medium, JsonNode prompt) throws IOException {
    Path file = TestFiles.golden("media/" + medium.path("file").asString());
    Media media = new Media("", Files.readAllBytes(file));
    return switch (medium.path("type").asString()) {
      case "image" -> new Part.Image(media);
      case "audio" -> new Part.Audio(media);
      case "video" -> new Part.Video(media, clip(prompt), MediaResolution.DEFAULT);
      case String other -> throw new AssertionError(other);
    };
  }

  /** The clip plays two seconds: so many frames a second give as many as the reference took. */
  private static Clip clip(JsonNode prompt) {
    double perSecond = prompt.path("frame_indices").size() / 2.0;
    return new Clip(Duration.ZERO, Optional.empty(), OptionalDouble.of(perSecond));
  }

  private static int[] answer(Generation generation) throws InterruptedException {
    List<Integer> tokens = new ArrayList<>();
    while (generation.hasNext()) {
      switch (generation.next()) {
        case Event.Sampled sampled -> tokens.add(sampled.token());
        case Event.Finished _ -> {}
        case Event.Failed failed -> throw new AssertionError(failed.message(), failed.cause());
      }
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] ids(JsonNode prompt) {
    return StreamSupport.stream(prompt.path("ids").spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }

  private static int[] greedy(Path folder, String name) {
    try (Checkpoint expected = Checkpoints.open(expected(folder, name))) {
      return Arrays.copyOf(
          expected.entry(name + ".greedy").data().toArray(ValueLayout.JAVA_INT_UNALIGNED), 24);
    }
  }

  /**
   * Where the reference's answer is. The shared goldens of Gemma 4 with sounds come from a tower
   * whose mask is turned around (docs/decisions/audio-mask.md): for these prompts, what the same
   * model gives with the mask as it is meant, of which model's MediaGoldenTest compares more.
   */
  private static Path expected(Path folder, String name) {
    Path shared = folder.resolve("expected.safetensors");
    try (Checkpoint checkpoint = Checkpoints.open(shared)) {
      boolean isTurned =
          folder.getParent().endsWith("gemma4") && checkpoint.contains(name + ".audio.encoded");
      return isTurned ? MEANT.resolve(folder.getFileName() + "-prompts.safetensors") : shared;
    }
  }

  private static JsonNode json(Path file) {
    return new JsonMapper().readTree(file);
  }
}
