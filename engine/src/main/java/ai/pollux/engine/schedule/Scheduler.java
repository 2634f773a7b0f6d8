package ai.pollux.engine.schedule;

import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.engine.cache.PageCache;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks the rows of each step ("continuous batching", <a
 * href="https://www.usenix.org/conference/osdi22/presentation/yu">Orca</a>).
 *
 * <p>First every sequence that only needs its next token gets its row, so that streams do not
 * stall; then prompts get what is left of the step's rows, oldest first; then waiting sequences
 * start while there are rows, places and pages.
 *
 * <p>A block of media rows is never cut: a step that begins one takes it whole, and so may have
 * more rows than it should, by less than one block.
 *
 * <p>When pages run out, the youngest sequence without rows in this step gives its own up and waits
 * again, to be computed anew; a sequence never takes pages from an older one. The oldest therefore
 * always gets on, provided that the cache holds one sequence of full length.
 */
public final class Scheduler {
  private final PageCache cache;
  private final int maxSequences;
  private final int stepRows;
  private final List<Sequence> running = new ArrayList<>();
  private final List<Sequence> waiting = new ArrayList<>();
  private final StepPlan plan = new StepPlan();
  private long nextOrder;
  private long preemptions;

  /** No sequences. */
  public Scheduler(PageCache cache, int maxSequences, int stepRows) {
    this.cache = cache;
    this.maxSequences = maxSequences;
    this.stepRows = stepRows;
  }

  /**
   * Puts a prompt behind all others.
   *
   * @param media what its placeholders stand for, in order and apart
   * @param room the length that it may reach
   * @param candidates how many sequences it will become, at most {@code maxSequences}
   */
  public Sequence add(int[] prompt, List<MediaSpan> media, int room, int candidates) {
    Sequence sequence =
        new Sequence(nextOrder++, prompt, media, room, candidates, cache.newTable(media));
    waiting.add(sequence);
    return sequence;
  }

  /** Takes a sequence out, wherever it is, and frees its pages. */
  public void remove(Sequence sequence) {
    cache.release(sequence.pages);
    if (!running.remove(sequence)) {
      waiting.remove(sequence);
    }
  }

  /**
   * Splits the next candidate off a sequence whose prompt has just been computed and which has no
   * sampled tokens yet.
   */
  public Sequence fork(Sequence first) {
    Sequence twin = new Sequence(first, cache.fork(first.pages));
    first.candidatesToCome--;
    insert(running, twin);
    return twin;
  }

  /** Where {@link #plan} puts the next step. */
  public StepPlan nextPlan() {
    return plan;
  }

  /** Plans the next step. It has no rows only if there are no sequences. */
  public void plan() {
    plan.clear();
    for (int i = 0; i < running.size(); i++) {
      running.get(i).planned = false;
    }
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).remaining() == 1) {
        schedule(running.get(i));
      }
    }
    for (int i = 0; i < running.size(); i++) {
      if (!running.get(i).planned && running.get(i).remaining() > 1) {
        schedule(running.get(i));
      }
    }
    startWaiting();
  }

  /** The step was computed: its rows are in the cache. */
  public void commit() {
    for (int i = 0; i < plan.sequences(); i++) {
      Sequence sequence = plan.sequence(i);
      sequence.computed += plan.rows(i);
      cache.commit(sequence.pages, sequence.tokens(), sequence.computed);
    }
  }

  /** Sequences that take part in steps. */
  public int running() {
    return running.size();
  }

  /** Sequences that do not. */
  public int waiting() {
    return waiting.size();
  }

  /** How often a sequence gave its pages up. */
  public long preemptions() {
    return preemptions;
  }

  private void schedule(Sequence sequence) {
    int from = sequence.computed;
    int wanted = Math.min(sequence.length(), from + stepRows - plan.rows());
    if (wanted <= from) {
      return;
    }
    int least = sequence.leastEnd(from);
    while (cache.reach(sequence.pages, from) < least) {
      Sequence victim = youngestIdle();
      if (!sequence.isOlderThan(victim)) {
        return;
      }
      preempt(victim);
    }
    int to = sequence.lastEnd(from, Math.min(wanted, cache.reach(sequence.pages, from)));
    cache.reserve(sequence.pages, from, to, plan.copies());
    sequence.planned = true;
    plan.add(sequence, to - from);
  }

  /** The youngest running sequence without rows in this step: there is one, who is asking. */
  private Sequence youngestIdle() {
    int i = running.size() - 1;
    while (running.get(i).planned) {
      i--;
    }
    return running.get(i);
  }

  private void preempt(Sequence sequence) {
    cache.release(sequence.pages);
    sequence.computed = 0;
    running.remove(sequence);
    insert(waiting, sequence);
    preemptions++;
  }

  private void startWaiting() {
    while (!waiting.isEmpty() && plan.rows() < stepRows && start(waiting.getFirst())) {
      waiting.removeFirst();
    }
  }

  private boolean start(Sequence sequence) {
    int slots = sequence.slots();
    for (int i = 0; i < running.size(); i++) {
      slots += running.get(i).slots();
    }
    if (slots > maxSequences) {
      return false;
    }
    sequence.computed = cache.adopt(sequence.pages, sequence.tokens(), sequence.length());
    sequence.reused = sequence.computed;
    if (!running.isEmpty() && !cache.hasRoomFor(sequence.pages, sequence.length())) {
      cache.release(sequence.pages);
      sequence.computed = 0;
      return false;
    }
    sequence.planned = false;
    insert(running, sequence);
    schedule(sequence);
    return true;
  }

  /** Keeps a list in order of age. */
  private static void insert(List<Sequence> list, Sequence sequence) {
    int at = list.size();
    while (at > 0 && sequence.isOlderThan(list.get(at - 1))) {
      at--;
    }
    list.add(at, sequence);
  }
}
