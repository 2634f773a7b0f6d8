package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.MediaInput;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vectors are means of last hidden states, whatever else the engine does. */
@Timeout(60)
class EmbeddingsTest {
  private static final int PICTURE = 9;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final TinyModel model = new TinyModel(backend);
  private final EngineOptions options =
      EngineOptions.of(model.info()).withPageSize(4).withMaxSequences(8).withStepTokens(16);

  @Test
  void aVectorIsTheMeanOfTheRowsBehindTheStartToken() {
    int[] prompt = EngineTest.prompt(1, 23);
    try (Engine engine = new Engine(model, backend, options)) {
      assertThat(engine.embed(List.of(text(prompt))).join().getFirst())
          .containsExactly(mean(prompt, 1));
      assertThat(
              engine.embed(List.of(new EmbeddingRequest(prompt, List.of(), 0))).join().getFirst())
          .containsExactly(mean(prompt, 0));
    }
  }

  @Test
  void aVectorOfOneTokenIsItsRow() {
    int[] prompt = {3};
    try (Engine engine = new Engine(model, backend, options)) {
      assertThat(engine.embed(List.of(text(prompt))).join().getFirst())
          .containsExactly(mean(prompt, 0));
    }
  }

  @Test
  void manyAtOnceGiveWhatEachGivesAloneBesideGenerations() throws Exception {
    List<EmbeddingRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(text(EngineTest.prompt(i, 1 + i % 30)));
    }
    try (Engine engine = new Engine(model, backend, options)) {
      Generation generation =
          engine.submit(GenerationRequest.of(EngineTest.prompt(5, 12)).withMaxTokens(20));
      CompletableFuture<List<float[]>> together = engine.embed(requests);
      CompletableFuture<List<float[]>> beside = engine.embed(requests.reversed());
      for (int i = 0; i < requests.size(); i++) {
        float[] alone = engine.embed(List.of(requests.get(i))).join().getFirst();
        assertThat(together.join().get(i)).containsExactly(alone);
        assertThat(beside.join().reversed().get(i)).containsExactly(alone);
      }
      assertThat(Answer.of(generation).tokens()).hasSize(20);
    }
  }

  @Test
  void mediaStandInThePlacesOfTheirPlaceholders() {
    int[] prompt = EngineTest.prompt(1, 6 + PICTURE + 3);
    PromptMedium medium = PromptMedium.of(picture(), 6, PICTURE);
    float[] expected;
    try (Ops ops = backend.open()) {
      int[] rows = new int[PICTURE];
      Arrays.setAll(rows, row -> 6 + row);
      Tensor shown = ops.tensor(Shape.of(PICTURE, TinyModel.SIZE), medium.input().values());
      int[] last = new int[prompt.length];
      Arrays.setAll(last, row -> row >= 6 && row < 6 + PICTURE ? 5 + PICTURE : row);
      expected =
          mean(
              model
                  .decode(
                      ops,
                      prompt,
                      ops.place(model.embed(ops, prompt), rows, shown),
                      Past.packed(prompt.length).withLastVisible(last),
                      Tap.NONE)
                  .toArray(),
              1);
    }
    try (Engine engine = new Engine(model, backend, options)) {
      // A text in front, so that rows and positions differ.
      List<float[]> vectors =
          engine
              .embed(
                  List.of(
                      text(EngineTest.prompt(2, 5)),
                      new EmbeddingRequest(prompt, List.of(medium), 1)))
              .join();
      assertThat(vectors.get(1)).containsExactly(expected);
    }
  }

  @Test
  void refusesWhatItCannotEmbedAndFailsOneTaskAlone() {
    try (Engine engine = new Engine(model, backend, options)) {
      assertThatThrownBy(() -> engine.embed(List.of(text(new int[0]))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("prompt: expected at least 1 token");
      assertThatThrownBy(() -> engine.embed(List.of(text(new int[] {TinyModel.VOCABULARY}))))
          .hasMessageContaining("prompt[0]: expected a token id of 0 to 47, found 48");
      model.poison = 9;
      CompletableFuture<List<float[]>> bad = engine.embed(List.of(text(new int[] {1, 9})));
      CompletableFuture<List<float[]>> good = engine.embed(List.of(text(new int[] {1, 2})));
      assertThat(good.join()).hasSize(1);
      assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void closingEndsWhatWaits() {
    Engine engine = new Engine(model, backend, options);
    List<EmbeddingRequest> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(text(EngineTest.prompt(i, 30)));
    }
    CompletableFuture<List<float[]>> waits = engine.embed(many);
    engine.close();
    assertThatThrownBy(waits::join)
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(CancellationException.class),
            e -> assertThat(e).hasCauseInstanceOf(CancellationException.class));
    assertThatThrownBy(() -> engine.embed(many)).isInstanceOf(IllegalStateException.class);
  }

  private static EmbeddingRequest text(int[] prompt) {
    return new EmbeddingRequest(prompt, List.of(), 1);
  }

  private static MediaInput picture() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    float[] values = new float[PICTURE * TinyModel.SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new MediaInput.Picture(values, 1, 24);
  }

  private float[] mean(int[] prompt, int from) {
    try (Ops ops = backend.open()) {
      Past past = Past.packed(prompt.length);
      Tensor hidden = model.decode(ops, prompt, model.embed(ops, prompt), past, Tap.NONE);
      return mean(hidden.toArray(), from);
    }
  }

  private static float[] mean(float[] hidden, int from) {
    int rows = hidden.length / TinyModel.SIZE;
    float[] mean = new float[TinyModel.SIZE];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (int row = from; row < rows; row++) {
        sum += hidden[row * TinyModel.SIZE + i];
      }
      mean[i] = (float) (sum / (rows - from));
    }
    return mean;
  }
}
