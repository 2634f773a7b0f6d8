package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.quant.Formats;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link KvCache}: what is stored comes back, rounded, and nothing else changes. */
public interface CacheContract extends UnderTest {
  private static KvCacheLayout layout(String format) {
    return new KvCacheLayout(
        3,
        List.of(new KvCacheLayout.Group(8, 4), new KvCacheLayout.Group(100, 5)),
        List.of(
            new KvCacheLayout.Layer(0, 2, 5),
            new KvCacheLayout.Layer(1, 1, 7),
            new KvCacheLayout.Layer(0, 1, 16)),
        Formats.named(format).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16"})
  default void everyPlaceGivesBackWhatWasStoredThere(String format) {
    KvCacheLayout layout = layout(format);
    try (KvCache cache = backend().cache(layout)) {
      assertThat(cache.layout()).isEqualTo(layout);
      fill(cache);
      for (int layer = 0; layer < 3; layer++) {
        for (int page = 0; page < pages(layout, layer); page++) {
          for (int slot = 0; slot < 3; slot++) {
            expect(cache, layer, page, slot, seed(layer, page, slot));
          }
        }
      }
    }
  }

  @Test
  default void copyPageCopiesAllLayersOfItsGroupAndNoOther() {
    KvCacheLayout layout = layout("F16");
    try (KvCache cache = backend().cache(layout)) {
      fill(cache);
      cache.copyPage(0, 1, 3);
      for (int layer = 0; layer < 3; layer++) {
        for (int page = 0; page < pages(layout, layer); page++) {
          int from = page == 3 && layer != 1 ? 1 : page;
          for (int slot = 0; slot < 3; slot++) {
            expect(cache, layer, page, slot, seed(layer, from, slot));
          }
        }
      }
    }
  }

  private static int pages(KvCacheLayout layout, int layer) {
    return layout.groups().get(layout.layers().get(layer).group()).pages();
  }

  private static int width(KvCache cache, int layer) {
    return (int) cache.layout().layers().get(layer).valuesPerPosition() / 2;
  }

  private static long seed(int layer, int page, int slot) {
    return layer * 100L + page * 10L + slot;
  }

  private static void fill(KvCache cache) {
    for (int layer = 0; layer < 3; layer++) {
      int width = width(cache, layer);
      for (int page = 0; page < pages(cache.layout(), layer); page++) {
        for (int slot = 0; slot < 3; slot++) {
          long seed = seed(layer, page, slot);
          cache.store(
              layer, page, slot, Samples.normal(seed, width), Samples.normal(seed + 1000, width));
        }
      }
    }
  }

  private static void expect(KvCache cache, int layer, int page, int slot, long seed) {
    int width = width(cache, layer);
    float[] keys = new float[width];
    float[] values = new float[width];
    cache.load(layer, page, slot, keys, values);
    String place = "layer %d, page %d, slot %d".formatted(layer, page, slot);
    Closeness.same(place, rounded(cache, Samples.normal(seed, width)), keys);
    Closeness.same(place, rounded(cache, Samples.normal(seed + 1000, width)), values);
  }

  private static float[] rounded(KvCache cache, float[] values) {
    var format = cache.layout().format();
    MemorySegment data = MemorySegment.ofArray(new byte[(int) format.bytesFor(values.length)]);
    format.encode(values, 0, values.length, data, 0);
    float[] rounded = new float[values.length];
    format.decode(data, 0, rounded, 0, rounded.length);
    return rounded;
  }
}
