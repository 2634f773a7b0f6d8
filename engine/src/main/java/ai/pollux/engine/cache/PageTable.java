package ai.pollux.engine.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pages of one sequence: of each group, those of blocks {@code first … end}. */
public final class PageTable {
  final int[][] pages;
  final int[] first;
  final int[] end;

  /** Keys of the blocks so far, as many as were asked for. */
  final List<PrefixKey> keys = new ArrayList<>();

  /** Blocks that are known by their keys. */
  int named;

  PageTable(int groups) {
    pages = new int[groups][8];
    first = new int[groups];
    end = new int[groups];
  }

  /** The page of a block; a page that is no longer ours for blocks before the window. */
  public int page(int group, int block) {
    return pages[group][block];
  }

  void append(int group, int page) {
    if (end[group] == pages[group].length) {
      pages[group] = Arrays.copyOf(pages[group], 2 * end[group]);
    }
    pages[group][end[group]++] = page;
  }

  /** The key of the tokens up to the end of a block. */
  PrefixKey key(int block, int[] tokens, int pageSize) {
    while (keys.size() <= block) {
      PrefixKey before = keys.isEmpty() ? PrefixKey.START : keys.getLast();
      keys.add(before.next(tokens, keys.size() * pageSize, pageSize));
    }
    return keys.get(block);
  }
}
