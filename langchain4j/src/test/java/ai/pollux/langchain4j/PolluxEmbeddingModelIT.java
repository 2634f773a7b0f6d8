package ai.pollux.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.library.Pollux;
import ai.pollux.library.PolluxOptions;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's embeddings over the bundled model. */
final class PolluxEmbeddingModelIT {
  private static Pollux pollux;
  private static EmbeddingModel model;

  @BeforeAll
  static void open() {
    pollux = Pollux.open(PolluxOptions.BUNDLED.withThreads(2));
    model = new PolluxEmbeddingModel(pollux);
  }

  @AfterAll
  static void close() {
    pollux.close();
  }

  @Test
  void tellsItsNameAndHowLongVectorsAre() {
    assertThat(model.modelName()).isEqualTo("pollux-nano");
    assertThat(model.dimension()).isEqualTo(pollux.embed("a cat").length);
  }

  @Test
  void giveTheModelsVectorsAndCountTokens() {
    Response<List<Embedding>> response =
        model.embedAll(List.of(TextSegment.from("a cat"), TextSegment.from("two red squares")));
    assertThat(response.content())
        .extracting(Embedding::vector)
        .containsExactly(pollux.embed("a cat"), pollux.embed("two red squares"));
    assertThat(response.tokenUsage().inputTokenCount()).isPositive();
    assertThat(response.tokenUsage().outputTokenCount()).isZero();
  }

  @Test
  void newerRequestsGiveTheSame() {
    EmbeddingResponse response =
        model.embed(
            EmbeddingRequest.builder().inputs(List.of(EmbeddingInput.from("a cat"))).build());
    assertThat(response.embeddings().getFirst().vector()).isEqualTo(pollux.embed("a cat"));
    assertThat(response.modelName()).isEqualTo("pollux-nano");
  }

  @Test
  void aTextIsNearestToItself() {
    Embedding asked = model.embed("7 + 5 = 12").content();
    assertThat(CosineSimilarity.between(asked, model.embed("7 + 5 = 12").content()))
        .isCloseTo(1, within(1e-6)); // unit vectors of some hundred floats
    for (String other : List.of("a cat sat on a mat", "a big red circle")) {
      assertThat(CosineSimilarity.between(asked, model.embed(other).content())).isLessThan(0.999);
    }
  }
}
