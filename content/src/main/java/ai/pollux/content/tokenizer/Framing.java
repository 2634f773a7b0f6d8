package ai.pollux.content.tokenizer;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What begins and ends a text.
 *
 * @param bos the id that begins a text
 * @param eos the id that ends a text
 * @param before the ids put in front of a text
 * @param behind the ids put behind a text
 */
record Framing(OptionalInt bos, OptionalInt eos, int[] before, int[] behind) {

  /** BOS and EOS, each put around a text or not. */
  static Framing of(OptionalInt bos, boolean addsBos, OptionalInt eos, boolean addsEos) {
    return new Framing(bos, eos, ids(bos, addsBos), ids(eos, addsEos));
  }

  private static int[] ids(OptionalInt id, boolean added) {
    return added && id.isPresent() ? new int[] {id.getAsInt()} : new int[0];
  }

  boolean addsBos() {
    return bos.isPresent() && Arrays.stream(before).anyMatch(id -> id == bos.getAsInt());
  }

  int[] around(int[] ids) {
    int[] all = Arrays.copyOf(before, before.length + ids.length + behind.length);
    System.arraycopy(ids, 0, all, before.length, ids.length);
    System.arraycopy(behind, 0, all, before.length + ids.length, behind.length);
    return all;
  }
}
