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
  final List<ContentKey> keys = new ArrayList<>();

  /** Blocks that are known by their keys. */
  int named;

  /** What placeholders of its sequence stand for. */
  private final List<MediaSpan> media;

  PageTable(int groups, List<MediaSpan> media) {
    this.media = media;
    pages = new int[groups][8];
    first = new int[groups];
    end = new int[groups];
  }

  /** The page of a block; a page that is no longer ours for blocks before the window. */
  public int page(int group, int block) {
    return pages[group][block];
  }

  /** An empty table of the same sequence. */
  PageTable twin() {
    return new PageTable(pages.length, media);
  }

  void append(int group, int page) {
    if (end[group] == pages[group].length) {
      pages[group] = Arrays.copyOf(pages[group], 2 * end[group]);
    }
    pages[group][end[group]++] = page;
  }

  /** The key of the tokens up to the end of a block. */
  ContentKey key(int block, int[] tokens, int pageSize) {
    while (keys.size() <= block) {
      ContentKey before = keys.isEmpty() ? ContentKey.NONE : keys.getLast();
      keys.add(PrefixKey.next(before, tokens, keys.size() * pageSize, pageSize, media));
    }
    return keys.get(block);
  }
}
