package ai.pollux.tensor;

import static ai.pollux.tensor.AttentionSpec.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Ops#attention} without memory and over a cache. */
public interface AttentionContract extends UnderTest {
  @ParameterizedTest
  @CsvSource({
    "1,1,1", "2,1,3", "4,2,16", "6,3,17", "8,2,32", "3,3,40", "4,1,64", "2,2,72", "2,1,256"
  })
  default void attentionMixesTheValuesThatARowMaySee(int heads, int kvHeads, int headSize) {
    Streams streams = Streams.of(heads, kvHeads, headSize, 1, 40, 0, 2, 17);
    for (int window : new int[] {1, 3, 16, UNBOUNDED}) {
      for (float softcap : new float[] {0, 5}) {
        AttentionSpec spec = spec(window, headSize, softcap);
        double allowed = streams.tolerance(spec);
        holds(
            "window %d, soft cap %s".formatted(window, softcap),
            streams.whole(spec, Past.packed(streams.lengths())),
            i -> allowed);
      }
    }
  }

  private static AttentionSpec spec(int window, int headSize, float softcap) {
    return new AttentionSpec(0, true, window, (float) (1 / Math.sqrt(headSize)), softcap, true);
  }

  @Test
  default void aStepOfNoRowsGivesNone() {
    Streams streams = Streams.of(2, 1, 4);
    holdsExactly("no sequences", streams.whole(spec(3, 4, 0), Past.packed()));
    Streams empty = Streams.of(2, 1, 4, 0, 0);
    holdsExactly("empty sequences", empty.whole(spec(3, 4, 0), Past.packed(0, 0)));
  }

  @Test
  default void mediaBlocksSeeForwardWithinTheWindow() {
    Streams streams = Streams.of(4, 2, 16, 20, 9);
    StepPast past =
        StepPast.of(new int[] {0, 0}, streams.lengths())
            .withBlock(0, 4, 12)
            .withBlock(0, 15, 19)
            .withBlock(1, 0, 3);
    for (int window : new int[] {2, 6, UNBOUNDED}) {
      AttentionSpec spec = spec(window, 16, 0);
      double allowed = streams.tolerance(spec);
      holds("blocks, window " + window, streams.whole(spec, past), i -> allowed);
    }
  }

  @Test
  default void anEncodersRowsSeeTheirWholeSequence() {
    Streams streams = Streams.of(4, 4, 16, 20, 1, 90);
    AttentionSpec spec = spec(UNBOUNDED, 16, 0);
    double allowed = streams.tolerance(spec);
    Past past = Past.bidirectional(streams.lengths());
    holds("both ways", streams.whole(spec, past), i -> allowed);
  }

  @Test
  default void layersThatDoNotLookAheadAreCausalWhateverTheBlocks() {
    Streams streams = Streams.of(2, 1, 8, 30);
    AttentionSpec causal = AttentionSpec.causal(0, true, UNBOUNDED, 1);
    Past blocks = StepPast.of(new int[] {0}, streams.lengths()).withBlock(0, 4, 12);
    assertThat(found(streams.whole(causal, blocks)))
        .isEqualTo(found(streams.whole(causal, Past.packed(streams.lengths()))));
  }

  @Test
  default void rowsThatBeginLateSeeOnlyTheStep() {
    Streams streams = Streams.of(2, 1, 8, 5, 6);
    Past past = StepPast.of(new int[] {1000, 3}, streams.lengths());
    AttentionSpec spec = spec(UNBOUNDED, 8, 0);
    float[] late = found(streams.whole(spec, past));
    Closeness.same(
        "positions matter only by their distance",
        found(streams.whole(spec, Past.packed(5, 6))),
        late);
  }

  /**
   * Scores are whole numbers up to ±30000, which float holds, so only e and the sums round.
   * Tolerance: FUNCTION twice and a unit per key, of the largest value.
   */
  @Test
  default void largeScoresDoNotOverflow() {
    Streams streams = Streams.of(2, 1, 16, 20);
    for (float[] values : List.of(streams.q()[0], streams.k()[0])) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(values[i] * 4);
      }
    }
    AttentionSpec spec = AttentionSpec.causal(0, true, UNBOUNDED, 8);
    double allowed = Samples.largest(streams.v()[0]) * (2 * FUNCTION + 64 * UNIT);
    holds("large scores", streams.whole(spec, Past.packed(20)), i -> allowed);
  }

  @Test
  default void aNanSpoilsOnlyTheRowsThatSeeIt() {
    for (boolean inKeys : new boolean[] {true, false}) {
      Streams streams = Streams.of(2, 2, 16, 4, 24, 5);
      float[] spoiled = (inKeys ? streams.k() : streams.v())[1];
      for (int i = 0; i < 32; i++) {
        spoiled[7 * 32 + i] = Float.NaN;
      }
      float[] out = found(streams.whole(spec(3, 16, 0), Past.packed(4, 24, 5)));
      for (int i = 0; i < out.length; i++) {
        int row = i / 32;
        assertThat(Float.isNaN(out[i])).as("row %d", row).isEqualTo(row >= 11 && row < 14);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16"})
  default void attentionOverACacheIsAsDefined(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    Streams streams = Streams.of(4, 2, 20, 37, 1, 18);
    for (int pageSize : new int[] {1, 3, 16, 64}) {
      for (int window : new int[] {1, 5, UNBOUNDED}) {
        for (int mostRows : new int[] {1, 4, 40}) {
          AttentionSpec spec = spec(window, 20, 0);
          KvCacheLayout layout = layout(format, pageSize, window, 60, 2, 20);
          double allowed = streams.tolerance(spec) * 1.01; // keys rounded to the cache's format
          float[][] expected =
              streams.throughCache(new ReferenceBackend(), layout, spec, 1, mostRows);
          float[][] found = streams.throughCache(backend(), layout, spec, 1, mostRows);
          Closeness.check(
              "%s, pages of %d, window %d, steps of %d".formatted(name, pageSize, window, mostRows),
              Streams.join(expected),
              Streams.join(found),
              i -> allowed);
        }
      }
    }
  }

  private static KvCacheLayout layout(
      BlockFormat format, int pageSize, int window, int pages, int kvHeads, int headSize) {
    return new KvCacheLayout(
        pageSize,
        List.of(new KvCacheLayout.Group(window, pages)),
        List.of(new KvCacheLayout.Layer(0, kvHeads, headSize)),
        format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16"})
  default void howAPromptIsCutIntoStepsDoesNotChangeABit(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    Streams streams = Streams.of(4, 2, 32, 50, 33);
    for (int window : new int[] {7, UNBOUNDED}) {
      AttentionSpec spec = spec(window, 32, 0);
      KvCacheLayout layout = layout(format, 16, window, 8, 2, 32);
      float[][] byRow = streams.throughCache(backend(), layout, spec, 2, 1);
      for (int mostRows : new int[] {3, 17, 200}) {
        float[][] bySteps = streams.throughCache(backend(), layout, spec, 3, mostRows);
        Closeness.same(
            "%s, window %d, steps of up to %d".formatted(name, window, mostRows),
            Streams.join(byRow),
            Streams.join(bySteps));
      }
    }
  }

  @Test
  default void aSequenceAttendsAlikeAloneAndAmongOthers() {
    Streams streams = Streams.of(4, 2, 24, 13, 1, 40, 7);
    for (int window : new int[] {6, UNBOUNDED}) {
      AttentionSpec spec = spec(window, 24, 0);
      float[] all = found(streams.whole(spec, Past.packed(streams.lengths())));
      KvCacheLayout layout = layout(Formats.F16, 16, window, 8, 2, 24);
      float[][] cached = streams.throughCache(backend(), layout, spec, 4, 9);
      int row = 0;
      for (int s = 0; s < 4; s++) {
        int length = streams.lengths()[s];
        Streams alone = streams.only(s);
        Closeness.same(
            "sequence " + s,
            Samples.rows(all, 4 * 24, row, length),
            found(alone.whole(spec, Past.packed(length))));
        Closeness.same(
            "sequence %d over a cache".formatted(s),
            cached[s],
            alone.throughCache(backend(), layout, spec, 5, 9)[0]);
        row += length;
      }
    }
  }

  @Test
  default void aLayerMayReadWhatAnotherStored() {
    Streams streams = Streams.of(2, 1, 16, 12);
    KvCacheLayout layout = layout(Formats.F16, 4, UNBOUNDED, 3, 1, 16);
    AttentionSpec stores = spec(UNBOUNDED, 16, 0);
    AttentionSpec reads = AttentionSpec.causal(0, false, UNBOUNDED, stores.scale());
    int[][] pages = {{2, 0, 1}};
    Streams other =
        new Streams(
            streams.lengths(), 2, 1, 16, streams.q(), new float[1][12 * 16], new float[1][12 * 16]);
    try (KvCache cache = backend().cache(layout)) {
      StepPast step = StepPast.of(new int[] {0}, new int[] {12});
      PagedPast past = new PagedPast(step, cache, UNBOUNDED, pages);
      float[] first = found(streams.whole(stores, past));
      Closeness.same("the other layer", first, found(other.whole(reads, past)));
    }
  }

  @Test
  default void attentionRefusesHeadsThatDoNotFit() {
    AttentionSpec spec = spec(UNBOUNDED, 4, 0);
    Past past = Past.packed(2);
    refusal((b, ops) -> attention(ops, 3, 2, 4, 4, spec, past))
        .hasMessage(
            "attention: expected query heads in multiples of the key/value heads, found 3 and 2");
    refusal((b, ops) -> attention(ops, 2, 1, 4, 8, spec, past))
        .hasMessage("attention: expected head size of keys 4, found 8");
    refusal((b, ops) -> attention(ops, 2, 1, 4, 4, spec, Past.packed(3)))
        .hasMessage("attention: expected rows 3, found 2");
    Past cut = new StepPast(new int[] {0}, new int[] {2}, new int[] {0, 5});
    refusal((b, ops) -> attention(ops, 2, 1, 4, 4, spec, cut))
        .hasMessage(
            "attention: row 1 may look at position 5, but its sequence ends with 1; a step holds"
                + " media blocks whole");
  }

  @Test
  default void attentionRefusesACacheOfOtherSizes() {
    StepPast step = StepPast.of(new int[] {0}, new int[] {2});
    int[][] pages = {{0}};
    try (KvCache cache = backend().cache(layout(Formats.F32, 4, UNBOUNDED, 1, 2, 8))) {
      PagedPast past = new PagedPast(step, cache, UNBOUNDED, pages);
      refusal((b, ops) -> attention(ops, 2, 1, 8, 8, spec(UNBOUNDED, 8, 0), past))
          .hasMessage("attention: expected key/value heads of the cache's layer 2, found 1");
      refusal((b, ops) -> attention(ops, 2, 2, 4, 4, spec(UNBOUNDED, 4, 0), past))
          .hasMessage("attention: expected head size of the cache's layer 8, found 4");
      AttentionSpec beyond = AttentionSpec.causal(1, true, UNBOUNDED, 1);
      refusal((b, ops) -> attention(ops, 2, 2, 8, 8, beyond, past))
          .hasMessage("attention: the cache has 1 layers, found layer 1");
    }
  }

  private static Tensor attention(
      Ops ops, int heads, int kvHeads, int size, int kvSize, AttentionSpec spec, Past past) {
    Shape kv = Shape.of(2, kvHeads, kvSize);
    return ops.attention(
        ops.tensor(Shape.of(2, heads, size), new float[2 * heads * size]),
        ops.tensor(kv, new float[kv.elements()]),
        ops.tensor(kv, new float[kv.elements()]),
        spec,
        past);
  }
}
