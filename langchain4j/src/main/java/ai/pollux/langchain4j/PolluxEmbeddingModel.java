package ai.pollux.langchain4j;

import ai.pollux.content.Part;
import ai.pollux.library.Pollux;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.DimensionAwareEmbeddingModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/**
 * A model in process as an {@link EmbeddingModel}: the mean of its last hidden states, of unit
 * length. Text that is longer than the context is cut. The caller closes the {@link Pollux}.
 */
public final class PolluxEmbeddingModel extends DimensionAwareEmbeddingModel {
  private final Pollux pollux;

  /** That of a loaded model. */
  public PolluxEmbeddingModel(Pollux pollux) {
    this.pollux = pollux;
  }

  @Override
  public String modelName() {
    return pollux.name();
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    List<List<Part>> contents =
        segments.stream().map(segment -> List.<Part>of(new Part.Text(segment.text()))).toList();
    try {
      List<ai.pollux.assistant.Embedding> made = pollux.assistant().embed(contents, true);
      int tokens = made.stream().mapToInt(each -> each.tokens().total()).sum();
      return Response.from(
          made.stream().map(each -> Embedding.from(each.vector())).toList(),
          new TokenUsage(tokens, 0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LangChain4jException("interrupted while the model read", e);
    }
  }
}
