package ai.pollux.train.data.world;

import ai.pollux.content.Json;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** Questions about the same things, with one rule for the form of the answers. */
public final class Quiz {
  private static final List<String> SHORT =
      List.of(
          "Answer with a single word or number.",
          "Answer in one word.",
          "Be brief: just the answer.",
          "Reply with the answer only.");
  private static final List<String> LONG =
      List.of(
          "Answer in a full sentence.",
          "Answer in a sentence.",
          "Please answer with a complete sentence.");
  private static final List<String> OBJECT =
      List.of(
          "Answer as JSON: {\"answer\": ...}.",
          "Give your answer as JSON with the key \"answer\".",
          "Reply with a JSON object that has one member, \"answer\".");

  private Quiz() {}

  /**
   * A question.
   *
   * @param answer the bare one
   * @param sentence the same in a sentence; empty where there is none
   */
  public record Item(String question, Answer answer, String sentence) {}

  private enum Form {
    PLAIN,
    SHORT,
    LONG,
    JSON
  }

  /** Questions about media that are all shown in the first one. */
  public static Problem of(Draw draw, String task, List<? extends Medium> media, List<Item> items) {
    List<Sample.Piece> shown = new ArrayList<>();
    media.forEach(medium -> shown.add(new Sample.Piece.Shown(medium)));
    return ask(draw, task, shown, items);
  }

  /** Questions after pieces in a given order; media come first, or last once in a while. */
  public static Problem ask(Draw draw, String task, List<Sample.Piece> shown, List<Item> items) {
    Form form = form(draw, items);
    String rule =
        switch (form) {
          case PLAIN -> "";
          case SHORT -> draw.one(SHORT);
          case LONG -> draw.one(LONG);
          case JSON -> draw.one(OBJECT);
        };
    boolean inSystem = draw.chance(0.5);
    boolean last = !shown.isEmpty() && draw.chance(0.1);
    List<Exchange> exchanges = new ArrayList<>();
    for (Item item : items) {
      String question = inSystem || rule.isEmpty() ? item.question : item.question + "\n" + rule;
      List<Sample.Piece> pieces = new ArrayList<>();
      if (exchanges.isEmpty()) {
        pieces.addAll(shown);
      }
      pieces.add(last ? 0 : pieces.size(), new Sample.Piece.Words(question));
      exchanges.add(Exchange.of(pieces, answer(item, form)));
    }
    return new Problem(task, inSystem ? rule : "", List.of(), exchanges);
  }

  private static Form form(Draw draw, List<Item> items) {
    double chance = draw.uniform(0, 1);
    if (items.stream().anyMatch(item -> item.sentence.isEmpty())) {
      return Form.PLAIN;
    }
    if (chance < 0.68) {
      return Form.PLAIN;
    }
    return chance < 0.78 ? Form.SHORT : chance < 0.9 ? Form.LONG : Form.JSON;
  }

  private static Answer answer(Item item, Form form) {
    return switch (form) {
      case PLAIN, SHORT -> item.answer;
      case LONG -> new Answer.Said(item.sentence, item.answer);
      case JSON -> new Answer.Structured(Json.object("answer", json(item.answer)));
    };
  }

  private static Json json(Answer answer) {
    if (answer instanceof Answer.Numeric(_, double value)) {
      return value == Math.rint(value) ? Json.of((long) value) : Json.of(value);
    }
    return Wording.TRUE_FALSE.contains(answer.text())
        ? Json.of(Boolean.parseBoolean(answer.text()))
        : Json.of(answer.text());
  }

  /** A question that is answered with yes or no. */
  public static Item yesNo(String question, boolean yes, String sentenceIfYes, String ifNo) {
    return new Item(
        question,
        new Answer.Choice(yes ? "yes" : "no", Wording.YES_NO),
        yes ? "Yes, " + sentenceIfYes : "No, " + ifNo);
  }

  /** A question that is answered with a whole number. */
  public static Item number(String question, long value, String sentence) {
    return new Item(question, Answer.Numeric.of(value), sentence);
  }

  /** A question that is answered with one of a few words. */
  public static Item choice(String question, String word, List<String> all, String sentence) {
    return new Item(question, new Answer.Choice(word, all), sentence);
  }
}
