package ai.pollux.engine.cache;

import java.util.List;

/** Hands the pages of all groups to sequences, and finds beginnings that were computed before. */
public final class PageCache {
  private final int pageSize;
  private final List<PageGroup> groups;
  private final PagePool[] pools;
  private final boolean prefixReuse;

  /**
   * All pages free.
   *
   * @param prefixReuse whether pages stay to be found after their sequence has ended
   */
  public PageCache(int pageSize, List<PageGroup> groups, boolean prefixReuse) {
    this.pageSize = pageSize;
    this.groups = List.copyOf(groups);
    this.prefixReuse = prefixReuse;
    pools = new PagePool[groups.size()];
    for (int g = 0; g < pools.length; g++) {
      pools[g] = new PagePool(groups.get(g).pages());
    }
  }

  /**
   * The table of a new sequence, empty.
   *
   * @param media what placeholders of its prompt stand for
   */
  public PageTable newTable(List<MediaSpan> media) {
    return new PageTable(pools.length, media);
  }

  /**
   * Gives an empty table the longest beginning that is in the cache: whole pages, and never all
   * tokens, so that the last one is computed and has scores. A group with a window needs only the
   * pages that the next row looks at.
   *
   * @return how many tokens need not be computed
   */
  public int adopt(PageTable table, int[] tokens, int length) {
    if (!prefixReuse) {
      return 0;
    }
    int blocks = longestPrefix(table, tokens, (length - 1) / pageSize);
    for (int g = 0; g < pools.length; g++) {
      int first = groups.get(g).firstBlock(blocks * pageSize, pageSize);
      for (int block = 0; block < blocks; block++) {
        int page = block < first ? 0 : pools[g].find(table.keys.get(block));
        table.append(g, page);
        if (block >= first) {
          pools[g].share(page);
        }
      }
      table.first[g] = Math.min(first, blocks);
    }
    table.named = blocks;
    return blocks * pageSize;
  }

  private int longestPrefix(PageTable table, int[] tokens, int blocks) {
    int longest = 0;
    int[] run = new int[pools.length];
    for (int block = 0; block < blocks; block++) {
      ContentKey key = table.key(block, tokens, pageSize);
      boolean complete = true;
      for (int g = 0; g < pools.length; g++) {
        run[g] = pools[g].find(key) < 0 ? 0 : run[g] + 1;
        int first = groups.get(g).firstBlock((block + 1) * pageSize, pageSize);
        complete &= run[g] >= block + 1 - first;
      }
      if (complete) {
        longest = block + 1;
      }
    }
    return longest;
  }

  /** Up to which position there is room for a sequence's next keys, from {@code from} on. */
  public int reach(PageTable table, int from) {
    long reach = Integer.MAX_VALUE;
    for (int g = 0; g < pools.length; g++) {
      int available = pools[g].available() - (mustCopy(table, g, from) ? 1 : 0);
      reach = Math.min(reach, available < 0 ? from : ((long) table.end[g] + available) * pageSize);
    }
    return (int) reach;
  }

  /** Whether the pages that a sequence of this length needs at its end are there now. */
  public boolean hasRoomFor(PageTable table, int length) {
    for (int g = 0; g < pools.length; g++) {
      int blocks = length / pageSize + 1;
      int needed = blocks - groups.get(g).firstBlock(length, pageSize);
      int held = table.end[g] - table.first[g];
      if (pools[g].available() < needed - held) {
        return false;
      }
    }
    return true;
  }

  /**
   * Gives a sequence pages of its own for positions {@code from … to}, at most {@link #reach}.
   *
   * @param copies gets the shared page that it is about to write to, if there is one
   */
  public void reserve(PageTable table, int from, int to, PageCopies copies) {
    for (int g = 0; g < pools.length; g++) {
      if (mustCopy(table, g, from)) {
        int shared = table.page(g, from / pageSize);
        int own = pools[g].take();
        copies.add(g, shared, own);
        pools[g].release(shared);
        table.pages[g][from / pageSize] = own;
      }
      while ((long) table.end[g] * pageSize < to) {
        table.append(g, pools[g].take());
      }
    }
  }

  private boolean mustCopy(PageTable table, int group, int position) {
    int block = position / pageSize;
    return block < table.end[group] && pools[group].users(table.page(group, block)) > 1;
  }

  /** Keys up to position {@code computed} are written: full pages get keys, old ones are freed. */
  public void commit(PageTable table, int[] tokens, int computed) {
    if (prefixReuse) {
      for (; table.named < computed / pageSize; table.named++) {
        ContentKey key = table.key(table.named, tokens, pageSize);
        for (int g = 0; g < pools.length; g++) {
          pools[g].name(table.page(g, table.named), key);
        }
      }
    }
    for (int g = 0; g < pools.length; g++) {
      int first = groups.get(g).firstBlock(computed, pageSize);
      for (; table.first[g] < Math.min(first, table.end[g]); table.first[g]++) {
        pools[g].release(table.page(g, table.first[g]));
      }
    }
  }

  /** A table of the same pages, each with one more user. */
  public PageTable fork(PageTable table) {
    PageTable twin = table.twin();
    for (int g = 0; g < pools.length; g++) {
      twin.pages[g] = table.pages[g].clone();
      twin.first[g] = table.first[g];
      twin.end[g] = table.end[g];
      for (int block = table.first[g]; block < table.end[g]; block++) {
        pools[g].share(table.page(g, block));
      }
    }
    twin.keys.addAll(table.keys);
    twin.named = table.named;
    return twin;
  }

  /** Empties a table. Later pages are the first to give their room up. */
  public void release(PageTable table) {
    for (int g = 0; g < pools.length; g++) {
      for (int block = table.end[g] - 1; block >= table.first[g]; block--) {
        pools[g].release(table.page(g, block));
      }
      table.first[g] = 0;
      table.end[g] = 0;
    }
    table.named = 0;
  }

  /** Pages that sequences hold. */
  public int usedPages() {
    int sum = 0;
    for (PagePool pool : pools) {
      sum += pool.usedCount();
    }
    return sum;
  }

  /** Pages that nobody holds and that can be found again. */
  public int reusablePages() {
    int sum = 0;
    for (PagePool pool : pools) {
      sum += pool.reusableCount();
    }
    return sum;
  }

  /** Pages with nothing in them. */
  public int freePages() {
    int sum = 0;
    for (PagePool pool : pools) {
      sum += pool.freeCount();
    }
    return sum;
  }
}
