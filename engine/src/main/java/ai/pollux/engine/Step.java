package ai.pollux.engine;

import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.engine.schedule.Sequence;
import ai.pollux.engine.schedule.StepPlan;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.KvCache;
import java.util.Arrays;
import java.util.List;

/**
 * A plan as the model reads it. One object serves all steps; its arrays are made anew only when
 * their lengths change, so that steady decoding makes no garbage.
 */
final class Step implements CachedPast {
  private final KvCache cache;
  private final StepPlan plan;
  private int[] ids = new int[0];
  private int[] positions = new int[0];
  private int[] lastVisible = new int[0];
  private int[] outputs = new int[0];
  private int[] sampled = new int[0];

  /** Of a plan that is filled before each {@link #fill}. */
  Step(KvCache cache, StepPlan plan) {
    this.cache = cache;
    this.plan = plan;
  }

  /** Takes the plan's rows over. */
  void fill() {
    if (ids.length != plan.rows()) {
      ids = new int[plan.rows()];
      positions = new int[plan.rows()];
      lastVisible = new int[plan.rows()];
    }
    int outputCount = 0;
    for (int s = 0; s < plan.sequences(); s++) {
      Sequence sequence = plan.sequence(s);
      int row = plan.firstRow(s);
      for (int p = plan.firstPosition(s); row < plan.firstRow(s + 1); row++, p++) {
        ids[row] = sequence.token(p);
        positions[row] = p;
        lastVisible[row] = p;
      }
      fillBlocks(s);
      outputCount += plan.isSampled(s) ? 1 : 0;
    }
    fillOutputs(outputCount);
  }

  /** Rows of a block see to its end. */
  private void fillBlocks(int s) {
    List<MediaSpan> media = plan.sequence(s).media();
    int shift = plan.firstRow(s) - plan.firstPosition(s);
    for (int i = 0; i < media.size(); i++) {
      MediaSpan span = media.get(i);
      if (span.isBlock()) {
        int from = Math.max(plan.firstRow(s), span.from() + shift);
        int to = Math.min(plan.firstRow(s + 1), span.end() + shift);
        for (int row = from; row < to; row++) {
          lastVisible[row] = span.end() - 1;
        }
      }
    }
  }

  private void fillOutputs(int count) {
    if (outputs.length != count) {
      outputs = new int[count];
      sampled = new int[count];
    }
    int i = 0;
    for (int s = 0; s < plan.sequences(); s++) {
      if (plan.isSampled(s)) {
        outputs[i] = plan.firstRow(s + 1) - 1;
        sampled[i++] = s;
      }
    }
  }

  /** The tokens of the rows. */
  int[] ids() {
    return ids;
  }

  /** The rows whose scores are needed. */
  int[] outputs() {
    return outputs;
  }

  /** The sequence of an output. */
  Sequence sampled(int output) {
    return plan.sequence(sampled[output]);
  }

  @Override
  public KvCache cache() {
    return cache;
  }

  @Override
  public int page(int group, int sequence, int block) {
    return plan.sequence(sequence).page(group, block);
  }

  @Override
  public int rows() {
    return ids.length;
  }

  @Override
  public int sequences() {
    return plan.sequences();
  }

  @Override
  public int firstRow(int sequence) {
    return plan.firstRow(sequence);
  }

  @Override
  public int position(int row) {
    return positions[row];
  }

  @Override
  public int lastVisible(int row) {
    return lastVisible[row];
  }

  /** For messages: positions of the first rows. */
  @Override
  public String toString() {
    return "%d rows of %d sequences at positions %s"
        .formatted(
            rows(), sequences(), Arrays.toString(Arrays.copyOf(positions, Math.min(8, rows()))));
  }
}
