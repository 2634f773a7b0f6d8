package ai.pollux.engine.schedule;

import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.engine.cache.PageTable;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of one candidate: a prompt and its answer so far. The first {@link #computed} have
 * their keys and values in the cache.
 */
public final class Sequence {
  private final long order;
  private final int candidate;
  private final int candidates;
  private final int promptLength;
  private final List<MediaSpan> media;
  private int[] tokens;
  private int length;
  int computed;
  int reused;
  int candidatesToCome;
  boolean planned;
  PageTable pages;

  Sequence(
      long order, int[] prompt, List<MediaSpan> media, int room, int candidates, PageTable pages) {
    this.order = order;
    this.media = media;
    this.candidates = candidates;
    candidate = 0;
    promptLength = prompt.length;
    tokens = Arrays.copyOf(prompt, room);
    length = prompt.length;
    candidatesToCome = candidates - 1;
    this.pages = pages;
  }

  /** The next candidate of the same prompt, which has been computed. */
  Sequence(Sequence first, PageTable pages) {
    order = first.order;
    media = first.media;
    candidates = first.candidates;
    candidate = first.candidates - first.candidatesToCome;
    promptLength = first.promptLength;
    tokens = first.tokens.clone();
    length = first.length;
    computed = first.computed;
    reused = first.reused;
    this.pages = pages;
  }

  /** Which candidate of its request it is, from 0. */
  public int candidate() {
    return candidate;
  }

  /** How many tokens it has. */
  public int length() {
    return length;
  }

  /** How many of them were sampled. */
  public int sampled() {
    return length - promptLength;
  }

  /** A token. */
  public int token(int position) {
    return tokens[position];
  }

  /** What placeholders of its prompt stand for, in order. */
  public List<MediaSpan> media() {
    return media;
  }

  /** How many tokens were found in the cache when it last started. */
  public int reused() {
    return reused;
  }

  /** Candidates of the same request that are split off when the prompt is computed. */
  public int candidatesToCome() {
    return candidatesToCome;
  }

  /** The page of a block, for the layers of a group. */
  public int page(int group, int block) {
    return pages.page(group, block);
  }

  /** Adds a sampled token. */
  public void append(int token) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = token;
  }

  int[] tokens() {
    return tokens;
  }

  /** The least end of a step from a position on: behind the block it lies in, if it does. */
  int leastEnd(int from) {
    for (int i = 0; i < media.size(); i++) {
      MediaSpan span = media.get(i);
      if (span.isBlock() && span.from() <= from && from < span.end()) {
        return span.end();
      }
    }
    return from + 1;
  }

  /** The last end of a step up to {@code limit}, at least {@link #leastEnd}, that cuts no block. */
  int lastEnd(int from, int limit) {
    int least = leastEnd(from);
    int end = Math.max(least, limit);
    for (int i = 0; i < media.size(); i++) {
      MediaSpan span = media.get(i);
      if (span.isBlock() && span.from() < end && end < span.end()) {
        end = span.from();
      }
    }
    return Math.max(least, end);
  }

  int remaining() {
    return length - computed;
  }

  /** How many sequences it is or will be. */
  int slots() {
    return 1 + candidatesToCome;
  }

  boolean isOlderThan(Sequence other) {
    return order != other.order ? order < other.order : candidate < other.candidate;
  }
}
