package ai.pollux.server.search;

import java.util.List;

/**
 * A document that is to come into a store.
 *
 * @param displayName what its owner calls it; may be empty
 * @param mimeType as it was declared; may be empty
 */
public record NewDocument(
    String displayName, String mimeType, List<Metadatum> metadata, Chunking chunking) {
  public NewDocument {
    metadata = List.copyOf(metadata);
  }
}
