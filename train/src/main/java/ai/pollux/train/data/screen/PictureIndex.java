package ai.pollux.train.data.screen;

import ai.pollux.content.image.RgbImage;
import java.util.Arrays;
import java.util.OptionalInt;

/** Small copies of pictures, and whose they are; 292 bytes each. */
final class PictureIndex {
  private static final int LONGS = SmallPicture.SIDE * SmallPicture.SIDE / Long.SIZE;

  private long[] bits = new long[LONGS * 64]; // of all pictures, side by side: looked through fast
  private SmallPicture[] pictures = new SmallPicture[64];
  private int[] owners = new int[64];
  private int size;

  void add(RgbImage image, int owner) {
    if (size == owners.length) {
      bits = Arrays.copyOf(bits, 2 * bits.length);
      pictures = Arrays.copyOf(pictures, 2 * size);
      owners = Arrays.copyOf(owners, 2 * size);
    }
    SmallPicture small = SmallPicture.of(image);
    System.arraycopy(small.bits(), 0, bits, LONGS * size, LONGS);
    pictures[size] = small;
    owners[size++] = owner;
  }

  /** Whose picture looks like this one, if one does. */
  OptionalInt find(RgbImage image) {
    if (size == 0) {
      return OptionalInt.empty();
    }
    SmallPicture small = SmallPicture.of(image);
    long[] own = small.bits();
    for (int i = 0; i < size; i++) {
      int different = 0;
      for (int j = 0; j < LONGS; j++) {
        different += Long.bitCount(own[j] ^ bits[LONGS * i + j]);
      }
      if (different <= SmallPicture.OTHER_BITS && small.looksLike(pictures[i])) {
        return OptionalInt.of(owners[i]);
      }
    }
    return OptionalInt.empty();
  }
}
