package ai.pollux.train.data.world;

import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Problems as running text: a line for each text and each answer, media between them. */
final class Documents {
  private final List<Sample.Piece> pieces = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();

  private Documents() {}

  static Sample.Document of(Problem problem) {
    Documents document = new Documents();
    document.line(problem.system());
    for (ToolDeclaration tool : problem.tools()) {
      document.line(tool.name() + ": " + tool.description() + " " + tool.parameters());
    }
    Iterator<Medium> media = problem.media().iterator();
    for (Exchange exchange : problem.exchanges()) {
      exchange.question().parts().forEach(part -> document.add(part, media));
      exchange.answer().parts().forEach(part -> document.add(part, media));
    }
    document.flush();
    return new Sample.Document(problem.task(), document.pieces);
  }

  private void add(Part part, Iterator<Medium> media) {
    switch (part) {
      case Part.Text text -> line(text.text());
      case Part.ToolCall call -> line(call.name() + " " + call.arguments());
      case Part.ToolResult result -> line(result.name() + " = " + result.response());
      case Part.Image _, Part.Audio _, Part.Video _ -> {
        flush();
        pieces.add(new Sample.Piece.Shown(media.next()));
      }
      case Part.Thought _, Part.Document _, Part.Code _, Part.CodeResult _ ->
          throw new IllegalStateException("no problem has such a part: " + part);
    }
  }

  private void line(String text) {
    if (!text.isEmpty()) {
      words.append(text).append('\n');
    }
  }

  private void flush() {
    if (!words.isEmpty()) {
      pieces.add(new Sample.Piece.Words(words.toString()));
      words.setLength(0);
    }
  }
}
