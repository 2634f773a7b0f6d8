package ai.pollux.train.data.world;

/**
 * A third of the world. What a problem is about (a sum, a text, where shapes lie) belongs to one
 * split by its hash, so nothing that is asked in one is asked in another.
 */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** One content in so many is for testing, one for validation. */
  private static final int PARTS = 10;

  /** The split that a content belongs to, by the hash of its description. */
  public static Split of(String content) {
    return switch ((int) Long.remainderUnsigned(hash(content), PARTS)) {
      case 0 -> TEST;
      case 1 -> VALIDATION;
      default -> TRAIN;
    };
  }

  /** FNV-1a over the characters, then mixed: each bit of the result depends on each of the text. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64, https://doi.org/10.1145/2660193.2660195. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
