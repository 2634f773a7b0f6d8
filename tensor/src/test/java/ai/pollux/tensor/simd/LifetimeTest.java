package ai.pollux.tensor.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.PagedPast;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.StepPast;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Native memory: nothing leaks, nothing is read after it was freed, values kept stay. */
class LifetimeTest {
  private static final KvCacheLayout LAYOUT =
      new KvCacheLayout(
          4,
          List.of(new KvCacheLayout.Group(AttentionSpec.UNBOUNDED, 8)),
          List.of(new KvCacheLayout.Layer(0, 1, 8)),
          Formats.F16);

  // ---- leaks ----

  @Test
  void nothingIsLeftWhenABackendIsClosed() {
    SimdBackend backend = new SimdBackend(2);
    backend.tensor(Shape.of(3), new float[3]);
    KvCache cache = backend.cache(LAYOUT);
    for (BlockFormat format : Formats.ALL) {
      Weight weight = backend.pack(Samples.stored(1, format, 130, 256));
      for (int rows : new int[] {1, 7}) {
        try (Ops ops = backend.open()) {
          ops.linear(ops.tensor(Shape.of(rows, 256), new float[rows * 256]), weight);
        }
      }
    }
    attend(backend, cache);
    assertThat(backend.nativeBytes()).isPositive();
    backend.close();
    assertThat(backend.nativeBytes()).isZero();
  }

  @Test
  void aCacheIsFreedWhenItIsClosed() {
    try (SimdBackend backend = new SimdBackend(1)) {
      long before = backend.nativeBytes();
      for (int i = 0; i < 3; i++) {
        KvCache cache = backend.cache(LAYOUT);
        assertThat(backend.nativeBytes()).isGreaterThanOrEqualTo(before + LAYOUT.bytes());
        cache.close();
        assertThat(backend.nativeBytes()).isEqualTo(before);
      }
    }
  }

  @Test
  void theMemoryOfAStepIsUsedAgainByTheNext() {
    try (SimdBackend backend = new SimdBackend(2)) {
      long first = 0;
      for (int step = 0; step < 20; step++) {
        try (Ops ops = backend.open()) {
          Tensor x = ops.tensor(Shape.of(500, 256), new float[500 * 256]);
          for (int i = 0; i < 40; i++) {
            x = ops.add(x, x);
          }
          ops.rope(ops.reshape(x, 500, 4, 64), Rope.standard(64, 10_000), Past.packed(500));
        }
        first = step == 0 ? backend.nativeBytes() : first;
        assertThat(backend.nativeBytes()).as("step %d", step).isEqualTo(first);
      }
    }
  }

  // ---- mark and release ----

  @Test
  void aReleasedLayerIsUsedAgainByTheNext() {
    try (SimdBackend backend = new SimdBackend(2);
        Ops ops = backend.open()) {
      float[] values = Samples.normal(1, 300 * 256);
      Tensor x = ops.tensor(Shape.of(300, 256), values);
      int mark = ops.mark();
      long first = 0;
      for (int layer = 0; layer < 50; layer++) {
        Tensor doubled = ops.add(x, x);
        Tensor half = ops.scale(doubled, 0.5f);
        ops.softmax(half);
        x = ops.release(mark, half);
        first = layer == 1 ? backend.nativeBytes() : first;
        assertThat(layer < 1 || backend.nativeBytes() == first).as("layer %d", layer).isTrue();
      }
      assertThat(x.shape()).isEqualTo(Shape.of(300, 256));
      assertThat(x.toArray()).containsExactly(values);
    }
  }

  @Test
  void theKeptTensorMayBeAnyOfTheStep() {
    try (SimdBackend backend = new SimdBackend(1);
        Ops ops = backend.open()) {
      Tensor before = ops.tensor(Shape.of(1, 2), new float[] {1, 2});
      int mark = ops.mark();
      Tensor after = ops.tensor(Shape.of(3), new float[] {3, 4, 5});
      assertThat(ops.release(mark, before).toArray()).containsExactly(1, 2);
      assertFreed(after::toArray, "copyTo: the tensor was released by its step");
      Tensor gain = backend.tensor(Shape.of(2), new float[] {6, 7});
      assertThat(ops.release(mark, gain).toArray()).containsExactly(6, 7);
      ops.tensor(Shape.of(30), new float[30]);
      Tensor large = ops.tensor(Shape.of(2, 2), new float[] {1, 2, 3, 4});
      Tensor view = ops.reshape(large, 1, 4);
      Tensor kept = ops.release(mark, view);
      assertFreed(large::toArray, "copyTo: the tensor was released by its step");
      ops.tensor(Shape.of(30), new float[30]);
      assertThat(kept.shape()).isEqualTo(Shape.of(1, 4));
      assertThat(kept.toArray()).containsExactly(1, 2, 3, 4);
      assertThat(before.toArray()).containsExactly(1, 2);
    }
  }

  /** The kept tensor moves down by less than its size: source and target overlap. */
  @Test
  void aKeptTensorThatOverlapsItsNewPlaceIsMovedWhole() {
    float[] values = Samples.normal(2, 100_000);
    try (SimdBackend backend = new SimdBackend(1);
        Ops ops = backend.open()) {
      int mark = ops.mark();
      ops.tensor(Shape.of(16), new float[16]);
      Tensor kept = ops.release(mark, ops.tensor(Shape.of(100_000), values));
      assertThat(kept.toArray()).containsExactly(values);
    }
  }

  @Test
  void marksNest() {
    try (SimdBackend backend = new SimdBackend(1);
        Ops ops = backend.open()) {
      Tensor x = ops.tensor(Shape.of(2), new float[] {1, 2});
      int outer = ops.mark();
      for (int i = 0; i < 20; i++) {
        Tensor y = ops.scale(x, 2);
        int inner = ops.mark();
        Tensor z = ops.release(inner, ops.add(y, x));
        assertThat(y.toArray()).containsExactly(2, 4);
        assertThat(z.toArray()).containsExactly(3, 6);
        Tensor kept = ops.release(outer, z);
        assertFreed(y::toArray, "copyTo: the tensor was released by its step");
        assertThat(kept.toArray()).containsExactly(3, 6);
        assertThatThrownBy(() -> ops.release(inner, kept))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("release: expected a mark of this step below 1, found 1");
      }
    }
  }

  // ---- use after close ----

  @Test
  void aTensorOfAClosedStepIsRefused() {
    try (SimdBackend backend = new SimdBackend(1)) {
      Ops ops = backend.open();
      // Its handle would be the next step's first.
      ops.tensor(Shape.of(1), new float[1]);
      Tensor x = ops.tensor(Shape.of(1, 2), new float[2]);
      ops.close();
      ops.close();
      assertFreed(x::toArray, "copyTo: the tensor ended with its step");
      assertFreed(() -> ops.scale(x, 2), "scale: this step was closed");
      try (Ops next = backend.open()) {
        assertFreed(() -> next.scale(x, 2), "scale: the tensor ended with its step");
      }
    }
  }

  @Test
  void onlyOneStepIsOpen() {
    try (SimdBackend backend = new SimdBackend(1);
        Ops open = backend.open()) {
      assertThat(open.mark()).isZero();
      assertFreed(backend::open, "open: the previous step of this backend is still open");
    }
  }

  @Test
  void aClosedBackendIsRefused() {
    SimdBackend backend = new SimdBackend(2);
    Tensor gain = backend.tensor(Shape.of(2), new float[2]);
    Ops ops = backend.open();
    Tensor x = ops.tensor(Shape.of(1, 2), new float[2]);
    backend.close();
    backend.close();
    assertFreed(gain::toArray, "copyTo: the tensor ended with its backend");
    assertFreed(x::toArray, "copyTo: the tensor ended with its step");
    assertFreed(() -> ops.scale(x, 2), "scale: this step was closed");
    assertFreed(backend::open, "open: the backend was closed");
    assertFreed(() -> backend.tensor(Shape.of(1), new float[1]), "tensor: the backend was closed");
    assertFreed(() -> backend.cache(LAYOUT), "cache: the backend was closed");
    assertFreed(
        () -> backend.pack(Samples.stored(1, Formats.F32, 1, 1)), "pack: the backend was closed");
    ops.close();
  }

  @Test
  void aClosedCacheIsRefused() {
    try (SimdBackend backend = new SimdBackend(1)) {
      KvCache cache = backend.cache(LAYOUT);
      cache.close();
      cache.close();
      assertCacheRefused(cache, "the key/value cache was closed");
      assertFreed(() -> attend(backend, cache), "the key/value cache was closed");
    }
  }

  @Test
  void aCacheEndsWithItsBackend() {
    SimdBackend backend = new SimdBackend(1);
    KvCache cache = backend.cache(LAYOUT);
    backend.close();
    assertCacheRefused(cache, "the key/value cache: the backend was closed");
    try (SimdBackend other = new SimdBackend(1)) {
      assertFreed(() -> attend(other, cache), "the key/value cache: the backend was closed");
    }
    cache.close();
    assertThat(backend.nativeBytes()).isZero();
  }

  // ---- what other backends made ----

  @Test
  void whatAnotherBackendMadeIsRefused() {
    try (SimdBackend backend = new SimdBackend(1);
        Backend other = new ReferenceBackend();
        KvCache cache = other.cache(LAYOUT);
        Ops ops = backend.open()) {
      Tensor foreign = other.tensor(Shape.of(1, 2), new float[2]);
      assertForeign(() -> ops.scale(foreign, 2), "scale: the tensor was made by another backend");
      Tensor x = ops.tensor(Shape.of(1, 2), new float[2]);
      assertForeign(() -> ops.add(x, foreign), "add: the tensor was made by another backend");
      Weight packed = new ForeignWeight(Formats.F32, 2, 2);
      assertForeign(
          () -> ops.linear(x, packed), "linear: the weight was packed by another backend");
      assertForeign(
          () -> ops.embed(new int[1], packed, 1),
          "embed: the weight was packed by another backend");
      ops.close();
      assertForeign(
          () -> attend(backend, cache), "attention: the cache was made by another backend");
    }
  }

  private record ForeignWeight(BlockFormat format, int out, int in) implements Weight.Packed {}

  private static void attend(Backend backend, KvCache cache) {
    try (Ops ops = backend.open()) {
      Tensor x = ops.tensor(Shape.of(1, 1, 8), new float[8]);
      StepPast step = StepPast.of(new int[] {0}, new int[] {1});
      PagedPast past = new PagedPast(step, cache, AttentionSpec.UNBOUNDED, new int[][] {{0}});
      ops.attention(x, x, x, AttentionSpec.causal(0, true, AttentionSpec.UNBOUNDED, 1), past);
    }
  }

  private static void assertCacheRefused(KvCache cache, String message) {
    float[] values = new float[8];
    assertFreed(() -> cache.store(0, 0, 0, values, values), message);
    assertFreed(() -> cache.load(0, 0, 0, values, values), message);
    assertFreed(() -> cache.copyPage(0, 0, 1), message);
  }

  private static void assertFreed(ThrowingCallable use, String message) {
    refused(use, message).isInstanceOf(IllegalStateException.class);
  }

  private static void assertForeign(ThrowingCallable use, String message) {
    refused(use, message).isInstanceOf(IllegalArgumentException.class);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      ThrowingCallable use, String message) {
    return assertThatThrownBy(use).hasMessageStartingWith(message);
  }
}
