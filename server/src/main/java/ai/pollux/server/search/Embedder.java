package ai.pollux.server.search;

import java.util.List;

/** Makes vectors of texts: of unit length, all of one size. */
@FunctionalInterface
public interface Embedder {
  /** A vector of each; waits for them. */
  List<float[]> embed(List<String> texts) throws InterruptedException;
}
