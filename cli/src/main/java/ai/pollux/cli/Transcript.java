package ai.pollux.cli;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.content.Part;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Shows an answer while it is written, and keeps it. */
final class Transcript {
  private final PrintWriter out;
  private final boolean isTerminal;
  private final List<Part> parts = new ArrayList<>();
  private AnswerEvent.EndReason reason = AnswerEvent.EndReason.CANCELLED;

  /**
   * @param isTerminal whether thinking is shown too, dimmed; a pipe gets the answer alone
   */
  Transcript(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Writes the first candidate until its end. */
  void write(Answer answer) throws InterruptedException {
    while (answer.hasNext()) {
      switch (answer.next()) {
        case AnswerEvent.Said said -> said.parts().forEach(this::write);
        case AnswerEvent.Ended ended -> reason = ended.reason();
      }
    }
  }

  private void write(Part part) {
    parts.add(part);
    switch (part) {
      case Part.Text text -> out.print(text.text());
      case Part.Thought thought -> {
        if (isTerminal) {
          out.print("\033[2m" + thought.text() + "\033[0m");
        }
      }
      case Part.ToolCall call -> out.print(call.name() + call.arguments());
      default ->
          throw new IllegalStateException("a model writes text, thoughts and calls, found " + part);
    }
    out.flush();
  }

  /** All that was written, in pieces as they came. */
  List<Part> parts() {
    return parts;
  }

  /** The text of the answer, without thinking. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text piece) {
        text.append(piece.text());
      }
    }
    return text.toString();
  }

  AnswerEvent.EndReason reason() {
    return reason;
  }
}
