package ai.pollux.library;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.Assistant;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks, runs what the model calls, and asks again, until it has nothing to call. For one thread.
 * Closing it cancels the answer.
 */
final class Rounds implements AutoCloseable {
  /** More than any model that is still about its question. */
  private static final int MOST = 10;

  private final Assistant assistant;
  private final Question question;
  private final List<Turn> turns = new ArrayList<>();
  private final ArrayDeque<Part> ready = new ArrayDeque<>();
  private List<Part> turn = new ArrayList<>();
  private Answer answer;
  private Tokens tokens = Tokens.NONE;
  private EndReason end = EndReason.CANCELLED;

  Rounds(Assistant assistant, Question question) {
    this.assistant = assistant;
    this.question = question;
    answer = assistant.answer(question.request(List.of()));
  }

  /** The next piece of what the model says; nothing when it has said all. */
  Optional<Part> next() {
    while (ready.isEmpty()) {
      if (!answer.hasNext()) {
        return Optional.empty();
      }
      read();
    }
    return Optional.of(ready.remove());
  }

  private void read() {
    try {
      switch (answer.next()) {
        case AnswerEvent.Said said ->
            said.parts()
                .forEach(part -> {
                  ready.add(part);
                  add(part);
                });
        case AnswerEvent.Ended ended -> endTurn(ended.reason());
      }
    } catch (InterruptedException e) {
      throw PolluxException.interrupted(e);
    }
  }

  /** Text goes on where text was. */
  private void add(Part part) {
    Part last = turn.isEmpty() ? null : turn.getLast();
    if (last instanceof Part.Text(String before) && part instanceof Part.Text(String more)) {
      turn.set(turn.size() - 1, new Part.Text(before + more));
    } else if (last instanceof Part.Thought(String before)
        && part instanceof Part.Thought(String more)) {
      turn.set(turn.size() - 1, new Part.Thought(before + more));
    } else {
      turn.add(part);
    }
  }

  private void endTurn(EndReason reason) {
    tokens = tokens.plus(answer.usage());
    end = reason;
    turns.add(new Turn(Turn.Role.MODEL, turn));
    List<Part> results = new ArrayList<>();
    for (Part part : turn) {
      if (part instanceof Part.ToolCall call) {
        results.add(new Part.ToolResult(call.id(), call.name(), run(call)));
      }
    }
    turn = new ArrayList<>();
    if (!results.isEmpty()) {
      turns.add(new Turn(Turn.Role.TOOL, results));
      nextRound();
    }
  }

  private void nextRound() {
    if (turns.size() > 2 * MOST) {
      throw new PolluxException(
          "the model has called tools %d times in a row and not answered. Tell it when to stop, or give it fewer tools"
              .formatted(MOST));
    }
    answer.close();
    answer = assistant.answer(question.request(turns));
  }

  private Json.Obj run(Part.ToolCall call) {
    return question.tools().stream()
        .filter(tool -> tool.name().equals(call.name()))
        .findFirst()
        .map(tool -> tool.call(call.arguments()))
        .orElseGet(
            () -> Json.object("error", Json.of("there is no tool of the name " + call.name())));
  }

  /** All that was said, once {@link #next} has nothing more. */
  Reply reply() {
    return new Reply(question, turns, end, tokens, answer.seed());
  }

  @Override
  public void close() {
    answer.close();
  }
}
