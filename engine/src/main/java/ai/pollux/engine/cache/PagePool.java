package ai.pollux.engine.cache;

import java.util.HashMap;
import java.util.Map;

/**
 * The pages of one group. A page is <b>used</b> (somebody counts on it), <b>reusable</b> (nobody
 * does, but it has a key and is found by it) or <b>free</b>. Of the reusable ones the one that was
 * released first gives its room up first.
 */
final class PagePool {
  private static final int NONE = -1;

  private final int[] users;
  private final ContentKey[] keys;
  private final Map<ContentKey, Integer> named = new HashMap<>();
  private final int[] free;
  private int freeCount;

  /** A ring of the reusable pages, oldest first, through an extra entry that is no page. */
  private final int[] older;

  private final int[] newer;
  private final int ring;
  private int reusableCount;

  PagePool(int pages) {
    users = new int[pages];
    keys = new ContentKey[pages];
    free = new int[pages];
    for (int i = 0; i < pages; i++) {
      free[i] = pages - 1 - i;
    }
    freeCount = pages;
    older = new int[pages + 1];
    newer = new int[pages + 1];
    ring = pages;
    older[ring] = ring;
    newer[ring] = ring;
  }

  int freeCount() {
    return freeCount;
  }

  int reusableCount() {
    return reusableCount;
  }

  int usedCount() {
    return users.length - freeCount - reusableCount;
  }

  /** How many pages {@link #take} can give. */
  int available() {
    return freeCount + reusableCount;
  }

  /** How many sequences count on a page. */
  int users(int page) {
    return users[page];
  }

  /** A page with one user and no key. */
  int take() {
    int page = freeCount > 0 ? free[--freeCount] : forgetOldest();
    users[page] = 1;
    return page;
  }

  /** One more user. */
  void share(int page) {
    if (users[page]++ == 0) {
      unlink(page);
    }
  }

  /** One user less. */
  void release(int page) {
    if (users[page] <= 0) {
      throw new IllegalStateException("page %d is released but nobody uses it".formatted(page));
    }
    if (--users[page] == 0) {
      if (keys[page] == null) {
        free[freeCount++] = page;
      } else {
        link(page);
      }
    }
  }

  /** Makes a full page known by its key; of two pages with one key the first stays known. */
  void name(int page, ContentKey key) {
    if (named.putIfAbsent(key, page) == null) {
      keys[page] = key;
    }
  }

  /** The page of a key; -1 where there is none. */
  int find(ContentKey key) {
    return named.getOrDefault(key, NONE);
  }

  private int forgetOldest() {
    int page = newer[ring];
    if (page == ring) {
      throw new IllegalStateException("all %d pages are used".formatted(users.length));
    }
    unlink(page);
    named.remove(keys[page]);
    keys[page] = null;
    return page;
  }

  private void link(int page) {
    int last = older[ring];
    older[page] = last;
    newer[page] = ring;
    newer[last] = page;
    older[ring] = page;
    reusableCount++;
  }

  private void unlink(int page) {
    newer[older[page]] = newer[page];
    older[newer[page]] = older[page];
    reusableCount--;
  }
}
