package ai.pollux.engine;

import ai.pollux.engine.cache.MediaSpan;
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
  private final EncodedMedia encoded;
  private final MediaRows mediaRows;

  /** All that have not ended, in order of arrival. */
  private final List<Candidate> candidates = new ArrayList<>();

  private final IdentityHashMap<Sequence, Candidate> bySequence = new IdentityHashMap<>();
  private long promptTokens;
  private long cachedTokens;
  private long sampledTokens;
  private long steps;
  private long stepSequences;

  /**
   * Idle.
   *
   * @param unstarted counts requests that have not started: less one for each that starts or ends
   * @param encoded makes the rows of media
   */
  StepLoop(
      LanguageModel model,
      Backend backend,
      KvCache cache,
      EngineOptions options,
      AtomicInteger unstarted,
      EncodedMedia encoded) {
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
    this.encoded = encoded;
    mediaRows = new MediaRows(model.info().hiddenSize());
  }

  boolean isIdle() {
    return candidates.isEmpty();
  }

  /** Queues a request. */
  void add(Generation generation) {
    GenerationRequest request = generation.request();
    int longest =
        (int) Math.min(contextLength, (long) request.promptLength() + request.maxTokens());
    List<MediaSpan> media = request.media().stream().map(PromptMedium::span).toList();
    Sequence sequence = scheduler.add(request.prompt(), media, longest, request.candidates());
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
        encoded.encodings(),
        steps,
        stepSequences,
        candidates.isEmpty() ? 0 : plan.sequences());
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
    if (!encodeMedia()) {
      return; // without one of its sequences the step is another
    }
    int[] ids = step.ids();
    steps++;
    stepSequences += plan.sequences();
    try (Ops ops = backend.open()) {
      Tensor inputs = mediaRows.place(ops, model.embed(ops, ids));
      Tensor hidden = model.decode(ops, ids, inputs, step, Tap.NONE);
      if (step.outputs().length == 0) {
        scheduler.commit();
      } else {
        Tensor logits = model.logits(ops, ops.rows(hidden, step.outputs()));
        scheduler.commit();
        sample(logits);
      }
    }
  }

  /** Encodes the media of the step; whether that went well for all of its sequences. */
  private boolean encodeMedia() {
    mediaRows.clear();
    for (int s = 0; s < plan.sequences(); s++) {
      Sequence sequence = plan.sequence(s);
      try {
        encodeMedia(s, sequence.media());
      } catch (RuntimeException e) {
        fail(sequence, e);
        return false;
      }
    }
    return true;
  }

  private void encodeMedia(int s, List<MediaSpan> media) {
    int first = plan.firstPosition(s);
    int end = first + plan.firstRow(s + 1) - plan.firstRow(s);
    for (int i = 0; i < media.size(); i++) {
      MediaSpan span = media.get(i);
      int from = Math.max(first, span.from());
      int to = Math.min(end, span.end());
      if (from < to) {
        GenerationRequest request = candidateOf(plan.sequence(s)).generation().request();
        float[] rows = encoded.rows(request.media().get(i));
        mediaRows.add(span, plan.firstRow(s) - first, from, to, rows);
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
