package ai.pollux.train.run;

import ai.pollux.train.data.Source;
import ai.pollux.train.data.batch.Batch;
import ai.pollux.train.data.encode.Encoder;
import ai.pollux.train.data.encode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Held-out samples, encoded once: the same ones each time, so that their losses can be compared.
 *
 * @param batches of each source
 */
record Validation(Map<String, List<Batch>> batches) {

  /**
   * The first samples of each source.
   *
   * @param rows tokens of a batch
   */
  static Validation of(List<Source> sources, Encoder encoder, int samples, int rows) {
    Map<String, List<Batch>> batches = new LinkedHashMap<>();
    for (Source source : sources) {
      List<Sequence> sequences = new ArrayList<>();
      for (long i = 0; i < Math.min(samples, source.size()); i++) {
        sequences.addAll(encoder.encode(source.sample(i)));
      }
      batches.put(source.name(), packed(sequences, rows));
    }
    return new Validation(batches);
  }

  private static List<Batch> packed(List<Sequence> sequences, int rows) {
    List<Batch> batches = new ArrayList<>();
    List<Sequence> open = new ArrayList<>();
    int length = 0;
    for (Sequence sequence : sequences) {
      if (length + sequence.length() > rows) {
        batches.add(Batch.of(open));
        open.clear();
        length = 0;
      }
      open.add(sequence);
      length += sequence.length();
    }
    if (!open.isEmpty()) {
      batches.add(Batch.of(open));
    }
    return batches;
  }

  /** The mean loss of each source's learned tokens. */
  Map<String, Double> measure(Learner learner) {
    Map<String, Double> losses = new LinkedHashMap<>();
    batches.forEach((source, all) -> {
      double sum = 0;
      long tokens = 0;
      for (Batch batch : all) {
        Learner.Loss loss = learner.measure(batch);
        sum += loss.sum();
        tokens += loss.tokens();
      }
      losses.put(source, sum / tokens);
    });
    return losses;
  }
}
