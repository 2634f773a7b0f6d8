package ai.pollux.train.data.source;

import java.util.Arrays;

/** Numbers that become more. */
final class LongList {
  private long[] values = new long[1024];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long get(int at) {
    return values[at];
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
