package ai.pollux.train.tokenizer;

import java.util.List;

/**
 * A vocabulary and how it was learned.
 *
 * @param settings it was learned with
 * @param pieces in order of id: control, user-defined, bytes, joined pieces in the order in which
 *     they were learned, characters from the most frequent on
 * @param report what was seen
 */
public record TrainedVocabulary(BpeSettings settings, List<Piece> pieces, TrainingReport report) {
  /** Copies the list. */
  public TrainedVocabulary {
    pieces = List.copyOf(pieces);
  }
}
