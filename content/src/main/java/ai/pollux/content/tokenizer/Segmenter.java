package ai.pollux.content.tokenizer;

/** Cuts one chunk of prepared text into pieces. Safe to share between threads. */
@FunctionalInterface
interface Segmenter {
  /** Appends the ids of {@code text[start..end)} to {@code ids}. */
  void segment(char[] text, int start, int end, IntList ids);
}
