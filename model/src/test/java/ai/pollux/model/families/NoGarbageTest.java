package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.reference.ReferenceBackend;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A model itself allocates nothing in a step; what its backend allocates is the backend's. */
class NoGarbageTest {
  private static final int STEPS = 50;

  /** The first rounds load classes; what a step allocates, every round would. */
  private static final int ROUNDS = 4;

  @TestFactory
  Stream<DynamicTest> aStepAllocatesNothing() {
    return GoldenCase.all().stream()
        .filter(golden -> golden.name().endsWith("hf"))
        .map(golden -> dynamicTest(golden.name(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Past past = Past.packed(2, 3);
    int[] ids = {1, 2, 3, 4, 5};
    int[] outputs = {1, 4};
    try (Backend backend = new ReferenceBackend();
        LanguageModel model = Models.load(golden.weights(), backend, Progress.NONE);
        StillOps ops = new StillOps()) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        steps(model, ops, ids, past, outputs);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isZero();
    }
  }

  private static void steps(
      LanguageModel model, StillOps ops, int[] ids, Past past, int[] outputs) {
    for (int step = 0; step < STEPS; step++) {
      model.forward(ops, ids, past, outputs);
      ops.close();
    }
  }
}
