package ai.pollux.server.gemini;

import ai.pollux.assistant.Embedding;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.EmbedContentResponse.ContentEmbedding;
import ai.pollux.server.gemini.EmbedContentResponse.Usage;
import ai.pollux.server.gemini.UsageMetadata.ModalityTokenCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests for vectors as contents, and vectors as messages. */
public final class EmbedMapping {
  /** As many as Google takes at a time. */
  private static final int MOST_REQUESTS = 100;

  private static final Set<String> TASK_TYPES =
      Set.of(
          "TASK_TYPE_UNSPECIFIED",
          "RETRIEVAL_QUERY",
          "RETRIEVAL_DOCUMENT",
          "SEMANTIC_SIMILARITY",
          "CLASSIFICATION",
          "CLUSTERING",
          "QUESTION_ANSWERING",
          "FACT_VERIFICATION",
          "CODE_RETRIEVAL_QUERY");

  private EmbedMapping() {}

  /**
   * The requests of a batch.
   *
   * @throws ApiException INVALID_ARGUMENT if there are none or too many
   */
  public static List<EmbedContentRequest> requests(EmbedContentRequest.Batch batch) {
    List<EmbedContentRequest> requests = batch.requests() == null ? List.of() : batch.requests();
    if (requests.isEmpty() || requests.size() > MOST_REQUESTS) {
      throw ApiException.invalid(
          "requests",
          "BatchEmbedContentsRequest.requests: expected 1 to %d, found %d. Send them in several calls."
              .formatted(MOST_REQUESTS, requests.size()));
    }
    return requests;
  }

  /**
   * What is to be embedded.
   *
   * @param place where the request stands in the body, with a dot behind it; empty for the body
   * @throws ApiException INVALID_ARGUMENT
   */
  public static List<Part> content(EmbedContentRequest request, String place, FileOpener files) {
    String task = either(request.taskType(), config(request).taskType());
    if (task != null && !TASK_TYPES.contains(task)) {
      throw ApiException.invalid(
          place + "task_type",
          "%stask_type: expected one of %s, found \"%s\"."
              .formatted(place, TASK_TYPES.stream().sorted().toList(), task));
    }
    if (request.content() == null || request.content().parts() == null) {
      throw ApiException.invalid(
          place + "content", place + "content: expected parts with what is to be embedded.");
    }
    List<Part> parts = new ArrayList<>();
    String title = either(request.title(), config(request).title());
    if (title != null && !title.isEmpty()) {
      parts.add(new Part.Text(title));
    }
    parts.addAll(
        new ConversationMapping(MediaResolution.DEFAULT, files)
            .parts(request.content(), place + "content"));
    return parts;
  }

  /** Whether longer text than the model reads is cut. */
  public static boolean truncates(EmbedContentRequest request) {
    return !Boolean.FALSE.equals(config(request).autoTruncate());
  }

  /**
   * A vector of the size that was asked for.
   *
   * @throws ApiException INVALID_ARGUMENT if the model's vectors are shorter
   */
  public static ContentEmbedding vector(
      EmbedContentRequest request, Embedding embedding, String place) {
    int whole = embedding.vector().length;
    Integer asked =
        request.outputDimensionality() != null
            ? request.outputDimensionality()
            : config(request).outputDimensionality();
    if (asked == null || asked == 0 || asked == whole) {
      return new ContentEmbedding(embedding.vector());
    }
    if (asked < 1 || asked > whole) {
      throw ApiException.invalid(
          place + "output_dimensionality",
          "%soutput_dimensionality: expected 1 to %d, found %d.".formatted(place, whole, asked));
    }
    return new ContentEmbedding(embedding.vector(asked));
  }

  /** What all of them took. */
  public static Usage usage(List<Embedding> embeddings) {
    Map<String, Integer> tokens = new LinkedHashMap<>();
    for (Embedding embedding : embeddings) {
      for (ModalityTokenCount count : ModalityTokenCount.of(embedding.tokens())) {
        tokens.merge(count.modality(), count.tokenCount(), Integer::sum);
      }
    }
    return new Usage(
        embeddings.stream().mapToInt(embedding -> embedding.tokens().total()).sum(),
        tokens.entrySet().stream()
            .map(each -> new ModalityTokenCount(each.getKey(), each.getValue()))
            .toList());
  }

  /** Answer to a batch. */
  public static EmbedContentResponse.Batch response(
      List<EmbedContentRequest> requests, List<Embedding> embeddings) {
    return new EmbedContentResponse.Batch(
        IntStream.range(0, requests.size())
            .mapToObj(i -> vector(requests.get(i), embeddings.get(i), "requests[" + i + "]."))
            .toList(),
        usage(embeddings));
  }

  private static EmbedContentRequest.Config config(EmbedContentRequest request) {
    return request.embedContentConfig() == null
        ? new EmbedContentRequest.Config(null, null, null, null, null, null)
        : request.embedContentConfig();
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first != null ? first : second;
  }
}
