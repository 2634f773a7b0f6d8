package ai.pollux.train.data.world.export;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One question of a problem with its media as files: PNG, WAV of 16 bits, Matroska with lossless
 * VP9. What is read from the files is what the problem holds, bit for bit.
 *
 * @param task the problem's
 * @param conversation ends with the question; earlier questions are answered rightly
 * @param answer to the last question
 */
public record EncodedSample(String task, Conversation conversation, Answer answer) {
  /**
   * Encodes what a model is shown to answer one of the questions.
   *
   * @param exchange from 0
   */
  public static EncodedSample of(Problem problem, int exchange) {
    Conversation asked = problem.asked(exchange);
    Iterator<Medium> media = problem.media().iterator();
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : asked.turns()) {
      List<Part> parts = turn.parts().stream().map(part -> encoded(part, media)).toList();
      turns.add(new Turn(turn.role(), parts));
    }
    return new EncodedSample(
        problem.task(),
        new Conversation(asked.system(), turns, asked.tools()),
        problem.exchanges().get(exchange).answer());
  }

  private static Part encoded(Part part, Iterator<Medium> media) {
    return switch (part) {
      case Part.Image _, Part.Audio _, Part.Video _ -> part(media.next());
      case Part.Text _,
          Part.Thought _,
          Part.Document _,
          Part.ToolCall _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          part;
    };
  }

  /** A medium as a part that holds a file. */
  public static Part part(Medium medium) {
    return switch (medium) {
      case Medium.Picture picture ->
          new Part.Image(new Media("image/png", PngFile.bytes(picture.image())));
      case Medium.Sound sound ->
          new Part.Audio(new Media("audio/wav", WavFile.bytes(sound.samples())));
      case Medium.Film film -> new Part.Video(new Media("video/x-matroska", FilmFile.bytes(film)));
    };
  }
}
