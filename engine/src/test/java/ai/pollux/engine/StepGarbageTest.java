package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.engine.cache.PageCache;
import ai.pollux.engine.schedule.Scheduler;
import ai.pollux.engine.schedule.Sequence;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.reference.ReferenceBackend;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepGarbageTest {
  private static final int SEQUENCES = 8;

  @Test
  void steadyDecodingMakesNoGarbage() {
    ReferenceBackend backend = new ReferenceBackend();
    TinyModel model = new TinyModel(backend);
    EngineOptions options = EngineOptions.of(model.info()).withMaxSequences(SEQUENCES);
    KvCacheLayout layout =
        CacheSizes.layout(model.info(), options.withCacheTokens(SEQUENCES * 4096));
    KvCache cache = backend.cache(layout);
    PageCache pages = new PageCache(32, CacheSizes.groups(layout), false);
    Scheduler scheduler = new Scheduler(pages, SEQUENCES, 512);
    Step step = new Step(cache, scheduler.nextPlan());
    for (int i = 0; i < SEQUENCES; i++) {
      scheduler.add(new int[] {i}, List.of(), 4096, 1);
    }
    // Tables double at 64 blocks of 32 tokens; from there to 128 nothing grows.
    run(scheduler, step, 2100);
    assertThat(step.rows()).isEqualTo(SEQUENCES);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(scheduler, step, 1000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
  }

  private static void run(Scheduler scheduler, Step step, int steps) {
    for (int i = 0; i < steps; i++) {
      scheduler.plan();
      step.fill();
      scheduler.commit();
      for (int row = 0; row < step.outputs().length; row++) {
        Sequence sequence = step.sampled(row);
        sequence.append(i % TinyModel.VOCABULARY);
      }
    }
  }
}
