package ai.pollux.engine;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Makes vectors of texts: whole sequences side by side, without a cache. Used by the engine's
 * thread only, between the steps of generations.
 */
final class Embedder {
  private final LanguageModel model;
  private final Backend backend;
  private final EncodedMedia encoded;
  private final MediaRows mediaRows;
  private final int stepTokens;
  private final ArrayDeque<EmbeddingTask> tasks = new ArrayDeque<>();

  /**
   * Idle.
   *
   * @param stepTokens the most rows of a step, unless one text has more
   */
  Embedder(LanguageModel model, Backend backend, EncodedMedia encoded, int stepTokens) {
    this.model = model;
    this.backend = backend;
    this.encoded = encoded;
    this.stepTokens = stepTokens;
    mediaRows = new MediaRows(model.info().hiddenSize());
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  void add(EmbeddingTask task) {
    tasks.add(task);
  }

  /** Goes on with one task; a task that fails disturbs no other. */
  void step() {
    EmbeddingTask task = tasks.remove();
    if (task.isDone()) {
      return; // cancelled
    }
    try {
      compute(task.next(stepTokens)).forEach(task::add);
    } catch (RuntimeException | Error e) {
      task.vectors().completeExceptionally(e);
    }
    if (!task.isDone()) {
      tasks.add(task); // behind the others, so that a long one does not hold them up
    }
  }

  /** Fails everything. */
  void failAll(Throwable cause) {
    tasks.forEach(task -> task.vectors().completeExceptionally(cause));
    tasks.clear();
  }

  private List<float[]> compute(List<EmbeddingRequest> requests) {
    int[] lengths = requests.stream().mapToInt(EmbeddingRequest::promptLength).toArray();
    int[] ids = requests.stream().flatMapToInt(r -> Arrays.stream(r.prompt())).toArray();
    Past past = Past.packed(lengths).withLastVisible(encode(requests, lengths));
    try (Ops ops = backend.open()) {
      Tensor inputs = mediaRows.place(ops, model.embed(ops, ids));
      Tensor hidden = model.decode(ops, ids, inputs, past, Tap.NONE);
      return means(requests, past, hidden);
    }
  }

  /** Encodes the media; returns which row each row may look at, counted in its own text. */
  private int[] encode(List<EmbeddingRequest> requests, int[] lengths) {
    mediaRows.clear();
    int[] last = new int[Arrays.stream(lengths).sum()];
    int first = 0;
    for (int s = 0; s < lengths.length; s++) {
      for (int p = 0; p < lengths[s]; p++) {
        last[first + p] = p;
      }
      for (PromptMedium medium : requests.get(s).media()) {
        int from = medium.span().from();
        int end = medium.span().end();
        mediaRows.add(medium.span(), first, from, end, encoded.rows(medium));
        if (medium.span().isBlock()) {
          Arrays.fill(last, first + from, first + end, end - 1);
        }
      }
      first += lengths[s];
    }
    return last;
  }

  /** The mean of each text's rows, added up in 64 bits: [T, D] → a [D] for each. */
  private static List<float[]> means(List<EmbeddingRequest> requests, Past past, Tensor hidden) {
    int width = hidden.size(1);
    float[] row = new float[width];
    float[][] means = new float[requests.size()][width];
    for (int s = 0; s < means.length; s++) {
      int end = past.firstRow(s + 1);
      int from = Math.min(past.firstRow(s) + requests.get(s).pooledFrom(), end - 1);
      double[] sum = new double[width];
      for (int r = from; r < end; r++) {
        hidden.copyTo(r * width, row, 0, width);
        for (int i = 0; i < width; i++) {
          sum[i] += row[i];
        }
      }
      for (int i = 0; i < width; i++) {
        means[s][i] = (float) (sum[i] / (end - from));
      }
    }
    return List.of(means);
  }
}
