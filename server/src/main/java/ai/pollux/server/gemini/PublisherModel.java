package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model as Vertex describes it. */
public record PublisherModel(
    String name, String versionId, String displayName, String description) {
  /** The same model by Vertex's names. */
  public static PublisherModel of(Model model) {
    return new PublisherModel(
        "publishers/google/" + model.name(),
        model.version(),
        model.displayName(),
        model.description());
  }

  /** A page of models. */
  public record Page(List<PublisherModel> publisherModels, @Nullable String nextPageToken) {
    /** The same page by Vertex's names. */
    public static Page of(Model.Page page) {
      return new Page(
          page.models().stream().map(PublisherModel::of).toList(), page.nextPageToken());
    }
  }
}
