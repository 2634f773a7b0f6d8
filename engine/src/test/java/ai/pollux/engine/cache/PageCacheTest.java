package ai.pollux.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of 4: one group without a window, one with a window of 6. */
class PageCacheTest {
  private static final int ALL = Integer.MAX_VALUE;

  private final PageCache cache =
      new PageCache(4, List.of(new PageGroup(ALL, 16), new PageGroup(6, 8)), true);
  private final PageCopies copies = new PageCopies();

  @Test
  void aSequenceHoldsAllPagesOfOneGroupAndTheWindowOfTheOther() {
    PageTable table = computed(tokens(21), 21);
    // positions 0…20: blocks 0…5; the next row, 21, looks at 16…21: blocks 4 and 5
    assertThat(cache.usedPages()).isEqualTo(6 + 2);
    assertThat(table.first[1]).isEqualTo(4);
  }

  @Test
  void aPageIsKeptWhileOnePositionOfItIsInTheWindow() {
    PageTable table = computed(tokens(40), 8);
    assertThat(table.first[1]).isZero(); // row 8 looks at 3…8
    cache.reserve(table, 8, 9, copies);
    cache.commit(table, tokens(40), 9);
    assertThat(table.first[1]).isEqualTo(1); // row 9 looks at 4…9
  }

  @Test
  void releasedPagesAreFoundByTheirTokens() {
    cache.release(computed(tokens(21), 21));
    assertThat(cache.usedPages()).isZero();
    PageTable again = cache.newTable(List.of());
    assertThat(cache.adopt(again, tokens(30), 30)).isEqualTo(20);
    assertThat(again.first).containsExactly(0, 3); // row 20 looks at 15…20
    assertThat(cache.usedPages()).isEqualTo(5 + 2);
  }

  @Test
  void theLastTokenIsAlwaysComputed() {
    cache.release(computed(tokens(8), 8));
    assertThat(cache.adopt(cache.newTable(List.of()), tokens(8), 8)).isEqualTo(4);
    assertThat(cache.adopt(cache.newTable(List.of()), tokens(9), 9)).isEqualTo(8);
  }

  @Test
  void otherTokensAnywhereBeforeAreAnotherPrefix() {
    cache.release(computed(tokens(20), 20));
    int[] other = tokens(20);
    other[5]++;
    assertThat(cache.adopt(cache.newTable(List.of()), other, 20)).isEqualTo(4);
    other[0]++;
    assertThat(cache.adopt(cache.newTable(List.of()), other, 20)).isZero();
  }

  @Test
  void otherMediaBehindTheSameTokensAreAnotherPrefix() {
    ContentKey cat = new ContentKey(1, 2, 3, 4);
    ContentKey dog = new ContentKey(1, 2, 3, 5);
    MediaSpan shown = new MediaSpan(9, 6, true, cat);
    PageTable table = cache.newTable(List.of(shown));
    cache.reserve(table, 0, 20, copies);
    cache.commit(table, tokens(20), 20);
    cache.release(table);
    assertThat(adopted(shown)).isEqualTo(16);
    assertThat(adopted(new MediaSpan(9, 6, true, dog))).isEqualTo(8);
    assertThat(adopted(new MediaSpan(10, 6, true, cat))).isEqualTo(8);
    assertThat(cache.adopt(cache.newTable(List.of()), tokens(20), 20)).isEqualTo(8);
  }

  private int adopted(MediaSpan media) {
    PageTable table = cache.newTable(List.of(media));
    int tokens = cache.adopt(table, tokens(20), 20);
    cache.release(table);
    return tokens;
  }

  @Test
  void aPrefixWhoseWindowIsGoneIsShortened() {
    cache.release(computed(tokens(21), 21));
    // 8 pages with window: 4 of its 5 full ones are reused or kept; ask for more room
    PageTable greedy = cache.newTable(List.of());
    int room = cache.reach(greedy, 0);
    assertThat(room).isEqualTo(32);
    cache.reserve(greedy, 0, 32, copies);
    assertThat(cache.reusablePages()).isEqualTo(5); // all of the group without a window
    assertThat(cache.adopt(cache.newTable(List.of()), tokens(30), 30)).isZero();
  }

  @Test
  void theOldestReleasedPageGivesItsRoomUpFirst() {
    PagePool pool = new PagePool(3);
    ContentKey[] keys = new ContentKey[3];
    for (int i = 0; i < 3; i++) {
      keys[i] = PrefixKey.next(ContentKey.NONE, tokens(9), i, 1, List.of());
      pool.name(pool.take(), keys[i]);
    }
    pool.release(1);
    pool.release(0);
    pool.release(2);
    pool.share(pool.find(keys[1]));
    pool.release(1); // the newest now
    assertThat(pool.take()).isZero();
    assertThat(pool.find(keys[0])).isEqualTo(-1);
    assertThat(pool.take()).isEqualTo(2);
    assertThat(pool.take()).isEqualTo(1);
    assertThatThrownBy(pool::take).hasMessage("all 3 pages are used");
  }

  @Test
  void releasingWhatNobodyUsesIsAnError() {
    assertThatThrownBy(() -> new PagePool(1).release(0))
        .hasMessage("page 0 is released but nobody uses it");
  }

  @Test
  void twinsShareUntilOneWrites() {
    PageTable first = computed(tokens(10), 10);
    PageTable twin = cache.fork(first);
    int used = cache.usedPages();
    cache.reserve(first, 10, 11, copies);
    assertThat(copies.count()).isEqualTo(2); // one page of each group
    assertThat(copies.from(0)).isEqualTo(twin.page(0, 2));
    assertThat(copies.to(0)).isEqualTo(first.page(0, 2)).isNotEqualTo(twin.page(0, 2));
    assertThat(first.page(0, 1)).isEqualTo(twin.page(0, 1));
    assertThat(cache.usedPages()).isEqualTo(used + 2);
    copies.clear();
    cache.reserve(twin, 10, 11, copies); // the last one keeps the page
    assertThat(copies.count()).isZero();
    cache.release(first);
    cache.release(twin);
    assertThat(cache.usedPages()).isZero();
  }

  @Test
  void twinsOfWholePagesCopyNothing() {
    PageTable first = computed(tokens(8), 8);
    cache.fork(first);
    cache.reserve(first, 8, 9, copies);
    assertThat(copies.count()).isZero();
  }

  @Test
  void withoutReuseReleasedPagesAreFree() {
    PageCache forgetful = new PageCache(4, List.of(new PageGroup(ALL, 4)), false);
    PageTable table = forgetful.newTable(List.of());
    forgetful.reserve(table, 0, 16, copies);
    forgetful.commit(table, tokens(16), 16);
    assertThat(forgetful.reach(table, 16)).isEqualTo(16);
    forgetful.release(table);
    assertThat(forgetful.freePages()).isEqualTo(4);
    assertThat(forgetful.adopt(forgetful.newTable(List.of()), tokens(16), 16)).isZero();
  }

  private PageTable computed(int[] tokens, int count) {
    PageTable table = cache.newTable(List.of());
    for (int at = 0; at < count; at = Math.min(count, at + 4)) {
      int to = Math.min(count, at + 4);
      cache.reserve(table, at, to, copies);
      cache.commit(table, tokens, to);
    }
    return table;
  }

  private static int[] tokens(int count) {
    return IntStream.range(100, 100 + count).toArray();
  }
}
