package ai.pollux.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Texts to embed, and the vectors so far. All but {@link #vectors} is the engine's thread's. */
final class EmbeddingTask {
  private final List<EmbeddingRequest> requests;
  private final List<float[]> made = new ArrayList<>();
  private final CompletableFuture<List<float[]>> vectors = new CompletableFuture<>();

  EmbeddingTask(List<EmbeddingRequest> requests) {
    this.requests = List.copyOf(requests);
  }

  /** All vectors, in the order of the requests, when the last is made. */
  CompletableFuture<List<float[]>> vectors() {
    return vectors;
  }

  /** Whether nobody waits for more. */
  boolean isDone() {
    return vectors.isDone();
  }

  /** The next requests, as many as {@code rows} hold, and at least one. */
  List<EmbeddingRequest> next(int rows) {
    int from = made.size();
    int to = from + 1;
    int taken = requests.get(from).promptLength();
    while (to < requests.size() && taken + requests.get(to).promptLength() <= rows) {
      taken += requests.get(to++).promptLength();
    }
    return requests.subList(from, to);
  }

  /** Takes the vector of the next request. */
  void add(float[] vector) {
    made.add(vector);
    if (made.size() == requests.size()) {
      vectors.complete(made);
    }
  }
}
