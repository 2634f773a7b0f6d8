package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Embedding;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.EmbedContentRequest;
import ai.pollux.server.gemini.EmbedContentResponse;
import ai.pollux.server.gemini.EmbedMapping;
import ai.pollux.server.gemini.FileOpener;
import java.util.List;
import java.util.stream.IntStream;

/** {@code embedContent} and {@code batchEmbedContents}. */
final class EmbedHandler {
  private EmbedHandler() {}

  /** One vector. */
  static EmbedContentResponse one(
      Assistant assistant, EmbedContentRequest request, FileOpener files)
      throws InterruptedException {
    List<Part> content = EmbedMapping.content(request, "", files);
    List<Embedding> embeddings = assistant.embed(List.of(content), EmbedMapping.truncates(request));
    return new EmbedContentResponse(
        EmbedMapping.vector(request, embeddings.getFirst(), ""), EmbedMapping.usage(embeddings));
  }

  /** Some vectors. */
  static EmbedContentResponse.Batch many(
      Assistant assistant, EmbedContentRequest.Batch batch, FileOpener files)
      throws InterruptedException {
    List<EmbedContentRequest> requests = EmbedMapping.requests(batch);
    List<List<Part>> contents =
        IntStream.range(0, requests.size())
            .mapToObj(i -> EmbedMapping.content(requests.get(i), "requests[" + i + "].", files))
            .toList();
    boolean truncates = requests.stream().allMatch(EmbedMapping::truncates);
    return EmbedMapping.response(requests, assistant.embed(contents, truncates));
  }
}
