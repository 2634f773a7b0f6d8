package ai.pollux.train.data;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a sample says and shows, without its form: for filters and counts. */
public final class SampleText {
  private SampleText() {}

  /** All words, parts and turns on lines of their own. */
  public static String words(Sample sample) {
    return switch (sample) {
      case Sample.Document document -> {
        StringBuilder text = new StringBuilder();
        for (Sample.Piece piece : document.pieces()) {
          if (piece instanceof Sample.Piece.Words(String words)) {
            text.append(words);
          }
        }
        yield text.toString();
      }
      case Sample.Dialogue dialogue -> words(dialogue.conversation());
    };
  }

  /** All media, in order. */
  public static List<Medium> media(Sample sample) {
    return switch (sample) {
      case Sample.Document document ->
          document.pieces().stream()
              .flatMap(piece ->
                  piece instanceof Sample.Piece.Shown(Medium medium)
                      ? Stream.of(medium)
                      : Stream.empty())
              .toList();
      case Sample.Dialogue dialogue -> dialogue.media();
    };
  }

  private static String words(Conversation conversation) {
    List<String> lines = new ArrayList<>();
    conversation.system().forEach(part -> add(part, lines));
    for (Turn turn : conversation.turns()) {
      turn.parts().forEach(part -> add(part, lines));
    }
    return String.join("\n", lines);
  }

  private static void add(Part part, List<String> lines) {
    switch (part) {
      case Part.Text(String text) -> lines.add(text);
      case Part.Thought(String text) -> lines.add(text);
      case Part.ToolCall call -> lines.add(call.name() + " " + call.arguments());
      case Part.ToolResult result -> lines.add(result.name() + " " + result.response());
      case Part.Code code -> lines.add(code.source());
      case Part.CodeResult result -> lines.add(result.output());
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ -> {}
    }
  }
}
