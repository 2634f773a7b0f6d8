package ai.pollux.train.data.screen;

/**
 * A set of 64-bit hashes, each with 32 bits that are or-ed together: 12 bytes a slot, at most two
 * thirds of the slots in use.
 */
final class HashTable {
  private long[] keys = new long[1 << 10];
  private int[] bits = new int[1 << 10];
  private int size;
  private int zeroBits; // of key 0, which marks free slots
  private boolean hasZero;

  /** Adds bits to a key; returns whether the key is new. */
  boolean add(long key, int more) {
    if (key == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      zeroBits |= more;
      return isNew;
    }
    if (3 * (size + 1) > 2 * keys.length) {
      grow();
    }
    int slot = slot(key);
    boolean isNew = keys[slot] == 0;
    keys[slot] = key;
    bits[slot] |= more;
    size += isNew ? 1 : 0;
    return isNew;
  }

  /** The bits of a key; 0 where it was not added. */
  int bits(long key) {
    return key == 0 ? zeroBits : bits[slot(key)];
  }

  /** How many keys. */
  int size() {
    return size + (hasZero ? 1 : 0);
  }

  private int slot(long key) {
    int slot = (int) (key >>> 20) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldBits = bits;
    keys = new long[2 * oldKeys.length];
    bits = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        bits[slot] = oldBits[i];
      }
    }
  }
}
