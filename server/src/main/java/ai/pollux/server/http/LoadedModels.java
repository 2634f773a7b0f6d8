package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The models, as soon as they are loaded. */
final class LoadedModels {
  private final AtomicReference<@Nullable ModelRegistry> models = new AtomicReference<>();

  void set(ModelRegistry loaded) {
    models.set(loaded);
  }

  /** The models, or nothing before they are loaded. */
  Optional<ModelRegistry> find() {
    return Optional.ofNullable(models.get());
  }

  /**
   * The models.
   *
   * @throws ApiException UNAVAILABLE before they are loaded
   */
  ModelRegistry get() {
    return find()
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.UNAVAILABLE,
                "The model is still being loaded. Please try again in a moment."));
  }
}
