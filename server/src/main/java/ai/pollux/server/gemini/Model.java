package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model as {@code models.list} and {@code models.get} describe it. */
public record Model(
    String name,
    String baseModelId,
    String version,
    String displayName,
    String description,
    int inputTokenLimit,
    int outputTokenLimit,
    List<String> supportedGenerationMethods,
    double temperature,
    double maxTemperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Boolean thinking) {

  /** A page of models. */
  public record Page(List<Model> models, @Nullable String nextPageToken) {}
}
