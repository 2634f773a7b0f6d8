package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.Past;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax attention by spans of positions, <a href="https://arxiv.org/abs/2205.14135">arXiv
 * 2205.14135</a>: each span gives every query a partial result, and partial results are merged in
 * order of position. With many blocks a thread takes a block and merges as it goes; with few, as
 * when one sequence is decoded, threads take spans and the merging follows. Both compute the same
 * numbers, so a result depends neither on the batch nor on the threads.
 */
final class AttentionKernel implements ParallelTask {
  private final WorkerPool pool;
  private final NativeMemory memory;
  private final AttentionCall call = new AttentionCall();
  private final KeyValueStoreKernel store;
  private final SpanKernel[] threads;
  private final AtomicInteger next = new AtomicInteger();
  private Work work = Work.BLOCKS;
  private int items;
  private long partials;
  private long partialsCapacity;

  /** What an item is. */
  private enum Work {
    BLOCKS,
    SPANS,
    MERGES
  }

  AttentionKernel(NativeMemory memory, WorkerPool pool) {
    this.pool = pool;
    this.memory = memory;
    store = new KeyValueStoreKernel(pool, call.pages());
    threads = new SpanKernel[pool.threads()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new SpanKernel(memory);
    }
  }

  /** Stores keys and values where the call asks for it, then computes. */
  void run(
      SimdTensor q,
      SimdTensor k,
      SimdTensor v,
      AttentionSpec spec,
      Past past,
      StepArena arena,
      SimdTensor out) {
    call.prepare(q, k.size(1), spec, past, out);
    if (past instanceof CachedPast cached && cached.cache() instanceof SimdKvCache cache) {
      call.pages().useCache(cached, cache, spec);
      if (spec.storesKeys()) {
        store.run(k, v, past);
      }
    } else {
      call.pages().useStep(past, arena, k.size(1), k.size(2));
      store.run(k, v, past);
    }
    for (SpanKernel thread : threads) {
      thread.prepare(call.stride(), call.headSize(), call.width());
    }
    compute();
  }

  private void compute() {
    int blocks = call.plan().blocks() * call.kvHeads();
    int spans = call.plan().mostSpans();
    if (blocks >= 2 * threads.length || spans == 1 || threads.length == 1) {
      share(Work.BLOCKS, blocks);
    } else {
      makeRoom((long) blocks * spans * partialBytes());
      share(Work.SPANS, blocks * spans);
      share(Work.MERGES, blocks);
    }
  }

  private void share(Work kind, int count) {
    work = kind;
    items = count;
    next.set(0);
    pool.run(this, Math.min(count, threads.length));
  }

  /** Takes items until none is left. */
  @Override
  public void run(int part) {
    SpanKernel thread = threads[part];
    for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
      switch (work) {
        case BLOCKS -> block(thread, item / call.kvHeads(), item % call.kvHeads());
        case SPANS -> span(thread, item);
        case MERGES -> merge(thread, item);
      }
    }
  }

  private void block(SpanKernel thread, int block, int kvHead) {
    AttentionPlan plan = call.plan();
    Partial.clear(thread.total(), call.stride(), call.width());
    for (int span = plan.firstSpan(block); span < plan.endSpan(block); span++) {
      thread.run(call, block, kvHead, span, thread.partial());
      Partial.merge(
          thread.total(), thread.partial(), call.queries(block), call.stride(), call.width());
    }
    finish(thread.total(), block, kvHead);
  }

  private void span(SpanKernel thread, int item) {
    int spans = call.plan().mostSpans();
    int block = item / spans / call.kvHeads();
    int span = call.plan().firstSpan(block) + item % spans;
    if (span < call.plan().endSpan(block)) {
      thread.run(
          call,
          block,
          item / spans % call.kvHeads(),
          span,
          partials + (long) item * partialBytes());
    }
  }

  private void merge(SpanKernel thread, int item) {
    int block = item / call.kvHeads();
    int spans = call.plan().endSpan(block) - call.plan().firstSpan(block);
    Partial.clear(thread.total(), call.stride(), call.width());
    for (int span = 0; span < spans; span++) {
      long place = (long) item * call.plan().mostSpans() + span;
      long partial = partials + place * partialBytes();
      Partial.merge(thread.total(), partial, call.queries(block), call.stride(), call.width());
    }
    finish(thread.total(), block, item % call.kvHeads());
  }

  private void finish(long total, int block, int kvHead) {
    for (int m = 0; m < call.queries(block); m++) {
      float sum = Memory.get(Partial.sum(total, call.stride(), call.width(), m));
      divide(
          Partial.mix(total, m, call.width()), sum, call.result(block, kvHead, m), call.headSize());
    }
  }

  /** out[i] = mix[i] / sum. */
  private static void divide(long mix, float sum, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, mix + 4L * i, ORDER)
          .div(sum)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(mix + 4L * i) / sum);
    }
  }

  private long partialBytes() {
    return (Partial.bytes(call.stride(), call.width()) + 63) & -64;
  }

  private void makeRoom(long bytes) {
    if (bytes > partialsCapacity) {
      if (partialsCapacity > 0) {
        memory.free(partials);
      }
      partials = memory.allocate(bytes);
      partialsCapacity = bytes;
    }
  }
}
