package ai.pollux.train.data.world.scene;

import java.util.function.Predicate;

/**
 * A sentence about boxes.
 *
 * @param holds whether it is true of some
 * @param isClear whether people would agree on that: "three circles" of four is not clear
 */
record Claim(String text, Predicate<Boxes> holds, Predicate<Boxes> isClear) {
  /** One that is always clear. */
  Claim(String text, Predicate<Boxes> holds) {
    this(text, holds, _ -> true);
  }

  /** True of these boxes, or false, and clear. */
  boolean isClearly(boolean wanted, Boxes boxes) {
    return isClear.test(boxes) && holds.test(boxes) == wanted;
  }
}
