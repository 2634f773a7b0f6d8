package ai.pollux.train.data.encode;

import ai.pollux.content.processor.ExpandedPrompt;
import ai.pollux.model.MediaInput;
import ai.pollux.train.data.BadRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The tokens of one sample, before they are cut into sequences. */
final class Tokens {
  private int[] ids = new int[256];
  private int length;
  private final BitSet learned = new BitSet();
  private final List<PlacedInput> media = new ArrayList<>();

  int length() {
    return length;
  }

  void add(int id, boolean isLearned) {
    if (length == ids.length) {
      ids = Arrays.copyOf(ids, 2 * length);
    }
    learned.set(length, isLearned);
    ids[length++] = id;
  }

  void add(int[] more, boolean isLearned) {
    for (int id : more) {
      add(id, isLearned);
    }
  }

  /** Tokens with room for media; nothing of it is learned until {@link #learn}. */
  void add(ExpandedPrompt prompt, List<MediaInput> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      ExpandedPrompt.Run run = prompt.runs().get(i);
      media.add(new PlacedInput(inputs.get(i), length + run.start(), run.length()));
    }
    add(prompt.ids(), false);
  }

  /** Tokens {@code from} to before {@code to} are learned. */
  void learn(int from, int to) {
    learned.set(from, to);
  }

  /** All of it as one sequence. */
  Sequence whole(String source) {
    return piece(source, 0, length, 0, 0);
  }

  /**
   * As pieces of at most {@code most} tokens, each begun by the first token (BOS). A piece that
   * goes on begins with the last token of the one before, so that each token is predicted once.
   * Media and their marks stay whole.
   */
  List<Sequence> pieces(String source, int most) {
    if (length <= most) {
      return List.of(whole(source));
    }
    List<Sequence> pieces = new ArrayList<>();
    int from = 1;
    while (from < length) {
      int context = from > 1 && learned.get(from - 1) ? 1 : 0;
      int to = cut(from, Math.min(length, from + most - 1 - context), most);
      pieces.add(piece(source, from, to, 1, context));
      from = to;
    }
    return pieces;
  }

  /** The last place up to {@code to} that is not inside a medium and its marks. */
  private int cut(int from, int to, int most) {
    if (to == length) {
      return to;
    }
    for (PlacedInput medium : media) {
      int begin = medium.row() - 1;
      int end = medium.row() + medium.count() + 1;
      if (begin < to && to < end) {
        if (begin <= from) {
          throw new BadRecordException(
              "A medium takes %d tokens, more than fit a sequence of %d. Show it smaller."
                  .formatted(medium.count() + 2, most));
        }
        return begin;
      }
    }
    return to;
  }

  /** {@code lead} tokens from the start, {@code context} before {@code from}, and the rest. */
  private Sequence piece(String source, int from, int to, int lead, int context) {
    int before = lead + context;
    int[] some = new int[before + to - from];
    System.arraycopy(ids, 0, some, 0, lead);
    System.arraycopy(ids, from - context, some, lead, context + to - from);
    int[] targets = new int[some.length];
    Arrays.fill(targets, Sequence.NOT_LEARNED);
    for (int i = Math.max(0, before - 1); i + 1 < some.length; i++) {
      if (learned.get(from + i + 1 - before)) {
        targets[i] = some[i + 1];
      }
    }
    List<PlacedInput> inside =
        media.stream()
            .filter(medium -> medium.row() >= from && medium.row() < to)
            .map(medium -> medium.moved(before - from))
            .toList();
    return new Sequence(source, some, targets, inside);
  }
}
