package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.api.AbstractThrowableAssert;

/** The backend that a contract holds to the reference, and how. */
public interface UnderTest {
  /** The unit roundoff of float: a rounded result is off by at most this part of itself. */
  double UNIT = 0x1p-24;

  /**
   * What an approximated exp, tanh, sine or cosine may be off, as a part of its largest value: 16
   * units, room for a polynomial of f32 steps.
   */
  double FUNCTION = 16 * UNIT;

  /** The same one for all tests; the contract closes it after the last. */
  Backend backend();

  /**
   * By how much {@link Ops#linear} rounds its inputs before it multiplies: the largest error of an
   * input as a part of its row's largest magnitude. 0 where inputs are used as they are, 1/254
   * where they become signed bytes.
   */
  default double inputRounding(Weight weight) {
    return 0;
  }

  /** Something to compute on any backend. */
  interface Computation {
    Tensor on(Backend backend, Ops ops);
  }

  /** What the backend computes. */
  default float[] found(Computation computation) {
    try (Ops ops = backend().open()) {
      return computation.on(backend(), ops).toArray();
    }
  }

  /** What the definitions compute. */
  static float[] expected(Computation computation) {
    Backend reference = new ReferenceBackend();
    try (Ops ops = reference.open()) {
      return computation.on(reference, ops).toArray();
    }
  }

  /**
   * Shape and values as the definitions have them; value {@code i} may be off by {@code
   * allowed(i)}.
   */
  default void holds(String what, Computation computation, IntToDoubleFunction allowed) {
    Backend reference = new ReferenceBackend();
    try (Ops ops = backend().open();
        Ops referenceOps = reference.open()) {
      Tensor found = computation.on(backend(), ops);
      Tensor expected = computation.on(reference, referenceOps);
      if (!found.shape().equals(expected.shape())) {
        throw new AssertionError(
            "%s: expected shape %s, found %s".formatted(what, expected.shape(), found.shape()));
      }
      Closeness.check(what, expected.toArray(), found.toArray(), allowed);
    }
  }

  /** As the definitions have them to the last bit, though any NaN is as good as another. */
  default void holdsExactly(String what, Computation computation) {
    holds(what, computation, i -> 0);
  }

  /** The refusal of wrong arguments, whose message the caller reads. */
  default AbstractThrowableAssert<?, ? extends Throwable> refusal(Computation computation) {
    return assertThatThrownBy(() -> found(computation))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
