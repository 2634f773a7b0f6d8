package ai.pollux.train.data.world;

import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * A question and its answer.
 *
 * @param question of the user, or what a tool gave; media parts hold no bytes
 * @param media one for each media part, in order
 */
public record Exchange(Turn question, List<Medium> media, Answer answer) {
  /** Copies the list. */
  public Exchange {
    media = List.copyOf(media);
  }

  /** A question in words. */
  public static Exchange of(String question, Answer answer) {
    return new Exchange(Turn.user(question), List.of(), answer);
  }

  /** A question that shows something. */
  public static Exchange of(List<Sample.Piece> question, Answer answer) {
    List<Part> parts = new ArrayList<>();
    List<Medium> media = new ArrayList<>();
    for (Sample.Piece piece : question) {
      switch (piece) {
        case Sample.Piece.Words words -> parts.add(new Part.Text(words.text()));
        case Sample.Piece.Shown shown -> {
          parts.add(place(shown.medium()));
          media.add(shown.medium());
        }
      }
    }
    return new Exchange(new Turn(Turn.Role.USER, parts), media, answer);
  }

  private static Part place(Medium medium) {
    return switch (medium) {
      case Medium.Picture _ -> new Part.Image(new Media("image/png", new byte[0]));
      case Medium.Sound _ -> new Part.Audio(new Media("audio/wav", new byte[0]));
      case Medium.Film _ -> new Part.Video(new Media("video/x-matroska", new byte[0]));
    };
  }
}
