package ai.pollux.engine;

import ai.pollux.engine.cache.PageCache;
import ai.pollux.engine.cache.PageCopies;
import ai.pollux.engine.sample.Scores;
import ai.pollux.engine.schedule.Scheduler;
import ai.pollux.engine.schedule.Sequence;
import ai.pollux.engine.schedule.StepPlan;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs steps: plan, copy shared pages, compute, sample. Used by the engine's thread only. */
final class StepLoop {
  private final LanguageModel model;
  private final Backend backend;
  private final KvCache cache;
  private final int contextLength;
  private final AtomicInteger unstarted;
  private final PageCache pages;
  private final Scheduler scheduler;
  private final Scores scores;
  private final StepPlan plan;
  private final Step step;

  /** All that have not ended, in order of arrival. */
  private final List<Candidate> candidates = new ArrayList<>();

  private final IdentityHashMap<Sequence, Candidate> bySequence = new IdentityHashMap<>();
  private long promptTokens;
  private long cachedTokens;
  private long sampledTokens;
  private long steps;

  /**
   * Idle.
   *
   * @param unstarted counts requests that have not started: less one for each that starts or ends
   */
  StepLoop(
      LanguageModel model,
      Backend backend,
      KvCache cache,
      EngineOptions options,
      AtomicInteger unstarted) {
    this.model = model;
    this.backend = backend;
    this.cache = cache;
    this.unstarted = unstarted;
    contextLength = options.contextLength();
    pages =
        new PageCache(options.pageSize(), CacheSizes.groups(cache.layout()), options.prefixReuse());
    scheduler = new Scheduler(pages, options.maxSequences(), options.stepTokens());
    scores = new Scores(model.info().vocabulary());
    plan = scheduler.nextPlan();
    step = new Step(cache, plan);
  }

  boolean isIdle() {
    return candidates.isEmpty();
  }

  /** Queues a request. */
  void add(Generation generation) {
    GenerationRequest request = generation.request();
    int longest =
        (int) Math.min(contextLength, (long) request.promptLength() + request.maxTokens());
    Sequence sequence = scheduler.add(request.prompt(), longest, request.candidates());
    add(new Candidate(generation, sequence, longest));
  }

  /** Runs one step. What it throws was no request's fault: the engine cannot go on. */
  void step() {
    for (int i = candidates.size() - 1; i >= 0; i--) {
      if (candidates.get(i).generation().isCancelled()) {
        candidates.get(i).generation().cancelled();
        remove(candidates.get(i));
      }
    }
    scheduler.plan();
    if (plan.rows() > 0) {
      noteStarts();
      try {
        compute();
      } catch (RuntimeException | Error e) {
        for (int i = 0; i < plan.sequences(); i++) {
          fail(plan.sequence(i), e);
        }
      }
    } else if (!candidates.isEmpty()) {
      throw new IllegalStateException(
          "the scheduler found no rows for %d sequences".formatted(candidates.size()));
    }
  }

  /** Cancels everything. */
  void cancelAll() {
    while (!candidates.isEmpty()) {
      candidates.getLast().generation().cancelled();
      remove(candidates.getLast());
    }
  }

  /** Fails everything. */
  void failAll(Throwable cause) {
    for (Candidate candidate : candidates) {
      candidate.generation().failed(cause);
    }
    candidates.clear();
  }

  EngineStats stats() {
    return new EngineStats(
        scheduler.running(),
        scheduler.waiting(),
        pages.usedPages(),
        pages.reusablePages(),
        pages.freePages(),
        promptTokens,
        cachedTokens,
        sampledTokens,
        scheduler.preemptions(),
        steps);
  }

  private void noteStarts() {
    for (int i = 0; i < plan.sequences(); i++) {
      Candidate candidate = candidateOf(plan.sequence(i));
      if (candidate.start()) {
        unstarted.decrementAndGet();
        promptTokens += candidate.sequence().length();
        cachedTokens += candidate.sequence().reused();
      }
    }
  }

  private void compute() {
    step.fill();
    PageCopies copies = plan.copies();
    for (int i = 0; i < copies.count(); i++) {
      cache.copyPage(copies.group(i), copies.from(i), copies.to(i));
    }
    int[] ids = step.ids();
    steps++;
    try (Ops ops = backend.open()) {
      Tensor hidden = model.decode(ops, ids, model.embed(ops, ids), step, Tap.NONE);
      if (step.outputs().length == 0) {
        scheduler.commit();
      } else {
        Tensor logits = model.logits(ops, ops.rows(hidden, step.outputs()));
        scheduler.commit();
        sample(logits);
      }
    }
  }

  private void sample(Tensor logits) {
    for (int row = 0; row < step.outputs().length; row++) {
      Sequence sequence = step.sampled(row);
      try {
        Candidate candidate = candidateOf(sequence);
        int first = candidates.size();
        while (sequence.candidatesToCome() > 0) {
          add(candidate.twin(scheduler.fork(sequence)));
        }
        for (int i = candidates.size() - 1; i >= first; i--) {
          sample(candidates.get(i), logits, row);
        }
        sample(candidate, logits, row);
      } catch (RuntimeException e) {
        fail(sequence, e);
      }
    }
  }

  private void sample(Candidate candidate, Tensor logits, int row) {
    sampledTokens++;
    if (candidate.sample(logits, row, scores)) {
      remove(candidate);
    }
  }

  private Candidate candidateOf(Sequence sequence) {
    Candidate candidate = bySequence.get(sequence);
    if (candidate == null) {
      throw new IllegalStateException("a sequence of a step belongs to no request");
    }
    return candidate;
  }

  private void add(Candidate candidate) {
    candidates.add(candidate);
    bySequence.put(candidate.sequence(), candidate);
  }

  private void remove(Candidate candidate) {
    scheduler.remove(candidate.sequence());
    candidates.remove(candidate);
    bySequence.remove(candidate.sequence());
    if (!candidate.isStarted()) {
      unstarted.decrementAndGet();
    }
  }

  /** Fails the request of a sequence with all its candidates, if it has not ended. */
  private void fail(Sequence sequence, Throwable cause) {
    Candidate failed = bySequence.get(sequence);
    if (failed != null) {
      failed.generation().failed(cause);
      for (int i = candidates.size() - 1; i >= 0; i--) {
        if (candidates.get(i).generation() == failed.generation()) {
          remove(candidates.get(i));
        }
      }
    }
  }
}
