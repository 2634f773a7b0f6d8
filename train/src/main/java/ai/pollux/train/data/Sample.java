package ai.pollux.train.data;

import ai.pollux.content.Conversation;
import java.util.List;

/** One example to learn from. */
public sealed interface Sample {
  /** Where it comes from: a file, or the name of a task. Results are counted by it. */
  String source();

  /** Text with media in their places, as in pretraining: every token of text is learned. */
  record Document(String source, List<Piece> pieces) implements Sample {
    /** Copies the list. */
    public Document {
      pieces = List.copyOf(pieces);
    }

    /** Text alone. */
    public static Document of(String source, String text) {
      return new Document(source, List.of(new Piece.Words(text)));
    }
  }

  /** A part of a document. */
  sealed interface Piece {
    /** Text. */
    record Words(String text) implements Piece {}

    /** An image, a sound or a video. */
    record Shown(Medium medium) implements Piece {}
  }

  /**
   * A conversation, as in tuning: what the model says in it is learned.
   *
   * @param conversation ends with a turn of the model's. Its media parts stand in their places and
   *     hold no bytes.
   * @param media one for each media part, in order
   */
  record Dialogue(String source, Conversation conversation, List<Medium> media) implements Sample {
    /** Copies the list. */
    public Dialogue {
      media = List.copyOf(media);
    }
  }
}
