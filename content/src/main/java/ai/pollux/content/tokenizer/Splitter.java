package ai.pollux.content.tokenizer;

import java.util.List;

/** Cuts prepared text into chunks that no piece crosses. Safe to share between threads. */
@FunctionalInterface
interface Splitter {

  /** Takes the chunks in order. */
  @FunctionalInterface
  interface Chunks {
    /** The chunk {@code text[start..end)}, not empty. */
    void chunk(char[] text, int start, int end);
  }

  /** Hands the chunks of {@code text[start..end)} to {@code chunks}, in order. */
  void split(char[] text, int start, int end, Chunks chunks);

  /** The text as one chunk. */
  static Splitter none() {
    return (text, start, end, chunks) -> chunks.chunk(text, start, end);
  }

  /** Cuts, then cuts the chunks, and so on. */
  static Splitter sequence(List<Splitter> steps) {
    Splitter all = none();
    for (Splitter step : steps.reversed()) {
      Splitter rest = all;
      all =
          (text, start, end, chunks) ->
              step.split(text, start, end, (t, from, to) -> rest.split(t, from, to, chunks));
    }
    return steps.size() == 1 ? steps.getFirst() : all;
  }
}
