package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that are served, by name. Names that start with {@code gemini-} mean the first one
 * unless one has just that name, so that clients work as they are.
 */
public final class ModelRegistry {
  private static final List<String> METHODS =
      List.of(
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          "embedContent",
          "batchEmbedContents",
          "batchGenerateContent",
          "asyncBatchEmbedContent",
          "createCachedContent",
          "bidiGenerateContent");

  private final Map<String, Assistant> models = new LinkedHashMap<>();

  /** Serves these; the caller closes them after the server. */
  public ModelRegistry(List<Assistant> assistants) {
    if (assistants.isEmpty()) {
      throw new IllegalArgumentException("a server needs at least one model");
    }
    for (Assistant assistant : assistants) {
      if (models.put(assistant.name(), assistant) != null) {
        throw new IllegalArgumentException(
            "two models are called \"" + assistant.name() + "\"; give one another name");
      }
    }
  }

  /**
   * The model of that name.
   *
   * @throws ApiException NOT_FOUND
   */
  Assistant find(ApiPath path) {
    String unsupported =
        path.method().isEmpty() ? "" : ", or is not supported for " + path.method();
    return find(path.model())
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.NOT_FOUND,
                "models/%s is not found for API version %s%s. Call ListModels to see the list of available models and their supported methods."
                    .formatted(path.model(), path.version(), unsupported)));
  }

  /** The model of that name, without {@code models/}. */
  Optional<Assistant> find(String name) {
    Assistant exact = models.get(name);
    return exact == null && name.startsWith("gemini-")
        ? models.values().stream().findFirst()
        : Optional.ofNullable(exact);
  }

  /** The names of all models. */
  List<String> names() {
    return List.copyOf(models.keySet());
  }

  /** All models. */
  List<Assistant> assistants() {
    return List.copyOf(models.values());
  }

  /** All models, described. */
  List<Model> describe() {
    return models.values().stream()
        .map(assistant -> describe(assistant, assistant.name()))
        .toList();
  }

  /** One model, described under the name that was asked for. */
  static Model describe(Assistant assistant, String name) {
    var sampling = assistant.defaultSampling();
    return new Model(
        "models/" + name,
        assistant.name(),
        "001",
        assistant.name(),
        "%s, %,d parameters, served by Pollux"
            .formatted(assistant.info().architecture(), assistant.info().parameters()),
        assistant.contextLength(),
        assistant.contextLength(),
        METHODS,
        sampling.temperature(),
        2,
        (double) sampling.topP(),
        sampling.topK() == 0 ? null : sampling.topK(),
        null);
  }
}
