package ai.pollux.train.data.source;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.List;

/** How a medium with a label becomes something to learn. */
public interface Labelling {
  /** The sample. */
  Sample sample(String source, Medium medium, String label);

  /**
   * The medium, and behind it a text, as in pretraining.
   *
   * @param text where {@code %s} stands for the label
   */
  static Labelling caption(String text) {
    return (source, medium, label) ->
        new Sample.Document(
            source,
            List.of(
                new Sample.Piece.Shown(medium), new Sample.Piece.Words(text.replace("%s", label))));
  }

  /**
   * A question about the medium, and an answer, as in tuning.
   *
   * @param answer where {@code %s} stands for the label
   */
  static Labelling question(String question, String answer) {
    return (source, medium, label) -> {
      Turn user = new Turn(Turn.Role.USER, List.of(place(medium), new Part.Text(question)));
      Turn model = Turn.model(answer.replace("%s", label));
      return new Sample.Dialogue(
          source, new Conversation(List.of(), List.of(user, model), List.of()), List.of(medium));
    };
  }

  /** The part that stands for a medium in a conversation. */
  private static Part place(Medium medium) {
    Media nothing = new Media("", new byte[0]);
    return switch (medium) {
      case Medium.Picture _ -> new Part.Image(nothing);
      case Medium.Sound _ -> new Part.Audio(nothing);
      case Medium.Film _ -> new Part.Video(nothing);
    };
  }
}
