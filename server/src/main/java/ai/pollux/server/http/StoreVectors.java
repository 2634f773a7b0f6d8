package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Embedding;
import ai.pollux.content.Part;
import ai.pollux.engine.EngineBusyException;
import ai.pollux.server.search.Embedder;
import ai.pollux.server.search.SearchException;
import java.util.List;

/** The models that make vectors for stores. Texts longer than a model's context are cut. */
final class StoreVectors {
  private static final long PATIENCE_MILLIS = 20;

  private final LoadedModels models;

  StoreVectors(LoadedModels models) {
    this.models = models;
  }

  /** Whether there are models. */
  boolean isReady() {
    return models.find().isPresent();
  }

  /**
   * The name of a model under which its vectors can be told from those of others.
   *
   * @param model as a client calls it, with or without {@code models/}; empty for the first
   * @throws SearchException PRECONDITION if it is not served
   */
  String name(String model) {
    ModelRegistry loaded = models.get();
    String plain = model.replaceFirst("^models/", "");
    return plain.isEmpty() ? loaded.names().getFirst() : assistant(plain).name();
  }

  /**
   * What makes vectors with a model; waits while the engine is busy.
   *
   * @throws SearchException PRECONDITION if it is not served
   */
  Embedder of(String model) {
    Assistant assistant = assistant(model);
    return texts -> embed(assistant, texts);
  }

  private Assistant assistant(String model) {
    return models
        .get()
        .find(model)
        .orElseThrow(() ->
            SearchException.precondition(
                "models/%s makes the vectors of this store, and is not served. Serve it, or make a store with another embedding_model."
                    .formatted(model)));
  }

  private static List<float[]> embed(Assistant assistant, List<String> texts)
      throws InterruptedException {
    List<List<Part>> contents =
        texts.stream().map(text -> List.<Part>of(new Part.Text(text))).toList();
    while (true) {
      try {
        return assistant.embed(contents, true).stream().map(Embedding::vector).toList();
      } catch (EngineBusyException e) {
        Thread.sleep(PATIENCE_MILLIS);
      }
    }
  }
}
