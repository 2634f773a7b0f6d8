package ai.pollux.train.data.batch;

import ai.pollux.tensor.Past;
import ai.pollux.train.data.encode.PlacedInput;
import ai.pollux.train.data.encode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A step's sequences, side by side. Arrays are shared, not copied.
 *
 * @param ids [T], without padding: T is at most the rows of a step
 * @param targets [T]: the token that each row is to predict (its successor), or {@link
 *     Sequence#NOT_LEARNED}
 * @param lengths of the sequences; they add up to T
 * @param media with their rows in the step
 * @param tokensBySource how many rows come from each source
 */
public record Batch(
    int[] ids,
    int[] targets,
    int[] lengths,
    List<PlacedInput> media,
    Map<String, Integer> tokensBySource) {
  /** Copies the collections. */
  public Batch {
    media = List.copyOf(media);
    tokensBySource = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tokensBySource));
  }

  /** Sequences in their order. */
  public static Batch of(List<Sequence> sequences) {
    int rows = sequences.stream().mapToInt(Sequence::length).sum();
    int[] ids = new int[rows];
    int[] targets = new int[rows];
    List<PlacedInput> media = new ArrayList<>();
    Map<String, Integer> tokens = new LinkedHashMap<>();
    int row = 0;
    for (Sequence sequence : sequences) {
      System.arraycopy(sequence.ids(), 0, ids, row, sequence.length());
      System.arraycopy(sequence.targets(), 0, targets, row, sequence.length());
      for (PlacedInput medium : sequence.media()) {
        media.add(medium.moved(row));
      }
      tokens.merge(sequence.source(), sequence.length(), Integer::sum);
      row += sequence.length();
    }
    int[] lengths = sequences.stream().mapToInt(Sequence::length).toArray();
    return new Batch(ids, targets, lengths, media, tokens);
  }

  /** T. */
  public int rows() {
    return ids.length;
  }

  /** The rows that predict something: those whose logits are needed. */
  public int[] learnedRows() {
    return IntStream.range(0, targets.length)
        .filter(row -> targets[row] != Sequence.NOT_LEARNED)
        .toArray();
  }

  /** Who sees whom: rows of a sequence what came before, rows of an image or frame each other. */
  public Past past() {
    Past packed = Past.packed(lengths);
    int[] last = IntStream.range(0, packed.rows()).map(packed::position).toArray();
    for (PlacedInput medium : media) {
      if (medium.isBlock()) {
        int end = medium.row() + medium.count();
        Arrays.fill(last, medium.row(), end, packed.position(end - 1));
      }
    }
    return packed.withLastVisible(last);
  }
}
