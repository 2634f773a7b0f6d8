package ai.pollux.server.search;

import java.util.List;
import java.util.Optional;

/**
 * Something that an owner says of a document, for filters: one of text, number and list is there.
 *
 * @param texts empty where it is no list
 */
public record Metadatum(
    String key, Optional<String> text, Optional<Double> number, List<String> texts) {
  public Metadatum {
    texts = List.copyOf(texts);
  }
}
