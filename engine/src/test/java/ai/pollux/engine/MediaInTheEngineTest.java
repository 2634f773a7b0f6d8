package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prompts with pictures and sounds. */
@Timeout(60)
class MediaInTheEngineTest {
  private static final int PICTURE = 9;
  private static final int SOUND = 5;
  private static final int COUNT = 20;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final TinyModel model = new TinyModel(backend);
  private final EngineOptions options =
      EngineOptions.of(model.info()).withPageSize(4).withMaxSequences(8).withStepTokens(16);

  @Test
  void mediaStandInThePlacesOfTheirPlaceholders() throws Exception {
    GenerationRequest request = request(picture(1), sound(2));
    try (Engine engine = new Engine(model, backend, options)) {
      List<Integer> expected = withoutCache(request);
      assertThat(expected.stream().distinct()).hasSizeGreaterThan(5);
      assertThat(Answer.of(engine.submit(request)).tokens()).isEqualTo(expected);
      assertThat(withoutCache(request(picture(3), sound(2)))).isNotEqualTo(expected);
      assertThat(withoutCache(request(picture(1), sound(4)))).isNotEqualTo(expected);
    }
  }

  @Test
  void answersDoNotDependOnStepsPagesReuseOrPreemption() throws Exception {
    GenerationRequest request = request(picture(1), sound(2));
    List<EngineOptions> ways =
        List.of(
            options,
            options.withPageSize(1),
            options.withPageSize(64),
            options.withMaxSequences(1).withStepTokens(1),
            options.withStepTokens(96),
            options.withPrefixReuse(false),
            options.withCacheTokens(TinyModel.CONTEXT));
    List<Answer> answers = new ArrayList<>();
    for (EngineOptions way : ways) {
      try (Engine engine = new Engine(model, backend, way)) {
        List<Generation> same = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          same.add(engine.submit(request));
        }
        for (Generation generation : same) {
          answers.add(Answer.of(generation));
        }
      }
    }
    assertThat(answers).hasSize(42).containsOnly(answers.getFirst());
  }

  @Test
  void aPrefixIsReusedOnlyBehindTheSameMedia() throws Exception {
    try (Engine engine = new Engine(model, backend, options)) {
      Answer first = Answer.of(engine.submit(request(picture(1), sound(2))));
      Answer other = Answer.of(engine.submit(request(picture(3), sound(2))));
      long cached = engine.stats().cachedTokens();
      Answer again = Answer.of(engine.submit(request(picture(1), sound(2))));
      assertThat(other.tokens()).isNotEqualTo(first.tokens());
      assertThat(cached).as("of the other: what lies before the picture").isEqualTo(4);
      assertThat(again).isEqualTo(first);
      assertThat(engine.stats().cachedTokens() - cached).isGreaterThan(PICTURE + SOUND);
    }
  }

  @Test
  void aMediumSeenLatelyIsNotEncodedAgain() throws Exception {
    try (Engine engine = new Engine(model, backend, options.withPrefixReuse(false))) {
      for (int i = 0; i < 3; i++) {
        Answer.of(engine.submit(request(picture(1), sound(2))));
      }
      assertThat(engine.stats().encodings()).isEqualTo(2);
      Answer.of(engine.submit(request(picture(3), sound(2))));
      assertThat(engine.stats().encodings()).isEqualTo(3);
    }
  }

  @Test
  void requestsAtOnceWithTheSameMediaEncodeThemOnce() throws Exception {
    try (Engine engine = new Engine(model, backend, options.withPrefixReuse(false))) {
      List<Generation> together = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        together.add(engine.submit(request(picture(1), sound(2))));
      }
      List<Integer> expected = withoutCache(request(picture(1), sound(2)));
      for (Generation generation : together) {
        assertThat(Answer.of(generation).tokens()).isEqualTo(expected);
      }
      assertThat(engine.stats().encodings()).isEqualTo(2);
    }
  }

  /** Room for two pictures of 9 rows: the one that was not used longest goes. */
  @Test
  void whatWasNotUsedLongestIsEncodedAgain() {
    long picture = 4L * PICTURE * TinyModel.SIZE;
    EncodedMedia media = new EncodedMedia(model, backend, 2 * picture);
    int[] seeds = {1, 2, 1, 3, 1, 2};
    long[] encodings = new long[seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      MediaInput input = picture(seeds[i]);
      assertThat(media.rows(PromptMedium.of(input, 6, PICTURE)))
          .startsWith(Arrays.copyOf(input.values(), PICTURE * TinyModel.SIZE));
      encodings[i] = media.encodings();
    }
    assertThat(encodings).containsExactly(1, 2, 2, 3, 3, 4);
  }

  @Test
  void candidatesShareThePictures() throws Exception {
    try (Engine engine = new Engine(model, backend, options)) {
      GenerationRequest request = request(picture(1), sound(2)).withCandidates(3);
      List<Answer> answers = Answer.all(engine.submit(request));
      assertThat(answers.stream().map(Answer::tokens).distinct()).hasSize(1);
      assertThat(answers.getFirst().tokens()).isEqualTo(withoutCache(request));
    }
  }

  @Test
  void aPictureThatCannotBeEncodedFailsItsRequestAlone() throws Exception {
    try (Engine engine = new Engine(model, backend, options)) {
      float[] broken = new float[PICTURE * TinyModel.SIZE];
      broken[0] = Float.NaN;
      Generation good = engine.submit(request(picture(1), sound(2)));
      Generation bad = engine.submit(request(new MediaInput.Picture(broken, 1, 24), sound(2)));
      Generation wrong =
          engine.submit(
              request(picture(1), sound(2))
                  .withMedia(List.of(PromptMedium.of(picture(1), 6, PICTURE - 1))));
      assertThat(failure(bad)).contains("the picture is poison");
      assertThat(failure(wrong)).contains("media at token 6: expected 9 placeholders", "found 8");
      assertThat(Answer.of(good).tokens()).isEqualTo(withoutCache(request(picture(1), sound(2))));
    }
  }

  @Test
  void refusesMediaThatDoNotFitThePromptOrTheModel() {
    try (Engine engine = new Engine(model, backend, options)) {
      GenerationRequest request = request(picture(1), sound(2));
      assertThatThrownBy(() -> engine.submit(request.withMedia(request.media().reversed())))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("media: expected placeholders in order and apart, from token 24");
      assertThatThrownBy(
              () -> engine.submit(request.withMedia(List.of(PromptMedium.of(picture(1), 24, 9)))))
          .hasMessageContaining("found 9 tokens from 24 on");
    }
    model.media = Set.of(MediaKind.AUDIO);
    try (Engine engine = new Engine(model, backend, options)) {
      assertThatThrownBy(() -> engine.submit(request(picture(1), sound(2))))
          .hasMessageContaining(
              "this tiny model reads text and [AUDIO], found a picture of 24 x 1");
    }
  }

  /** Six tokens, a picture, four tokens, a sound, six tokens. */
  private static GenerationRequest request(MediaInput picture, MediaInput sound) {
    int[] prompt = EngineTest.prompt(1, 6 + PICTURE + 4 + SOUND + 6);
    Arrays.fill(prompt, 6, 6 + PICTURE, 7);
    Arrays.fill(prompt, 10 + PICTURE, 10 + PICTURE + SOUND, 8);
    return GenerationRequest.of(prompt)
        .withMaxTokens(COUNT)
        .withMedia(
            List.of(
                PromptMedium.of(picture, 6, PICTURE), PromptMedium.of(sound, 10 + PICTURE, SOUND)));
  }

  private static MediaInput picture(int seed) {
    return new MediaInput.Picture(values(seed, PICTURE), 1, 24);
  }

  private static MediaInput sound(int seed) {
    return new MediaInput.Sound(values(seed, SOUND), TinyModel.SIZE, SOUND);
  }

  private static float[] values(int seed, int rows) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[] values = new float[rows * TinyModel.SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static String failure(Generation generation) throws InterruptedException {
    while (generation.hasNext()) {
      if (generation.next() instanceof Event.Failed failed) {
        return failed.message() + " " + failed.cause();
      }
    }
    throw new AssertionError("it did not fail");
  }

  private List<Integer> withoutCache(GenerationRequest request) {
    int[] ids = request.prompt();
    for (int i = 0; i < COUNT; i++) {
      try (Ops ops = backend.open()) {
        Tensor inputs = model.embed(ops, ids);
        for (PromptMedium medium : request.media()) {
          int[] rows = new int[medium.span().count()];
          Arrays.setAll(rows, row -> medium.span().from() + row);
          Shape shape = Shape.of(rows.length, TinyModel.SIZE);
          inputs = ops.place(inputs, rows, ops.tensor(shape, medium.input().values()));
        }
        Tensor hidden = model.decode(ops, ids, inputs, blocks(ids.length), Tap.NONE);
        float[] scores = model.logits(ops, ops.rows(hidden, new int[] {ids.length - 1})).toArray();
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
          best = scores[id] > scores[best] ? id : best;
        }
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = best;
      }
    }
    return Arrays.stream(ids).skip(request.promptLength()).boxed().toList();
  }

  /** One sequence whose picture's rows see each other. */
  private static Past blocks(int rows) {
    int[] last = new int[rows];
    Arrays.setAll(last, row -> row >= 6 && row < 6 + PICTURE ? 5 + PICTURE : row);
    return Past.packed(rows).withLastVisible(last);
  }
}
