package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wordlist;
import java.util.ArrayList;
import java.util.List;

/** Greetings, who the model is, what it cannot do. There is too little of it to split. */
final class Manners implements Task {
  private static final String WHO =
      "I am Pollux Nano, a small model. I read text, pictures, sounds and short videos.";
  private static final String CAN =
      "I can read short texts, count shapes, recognize digits and tones, do small sums and tell short stories.";
  private static final String CANNOT =
      "I cannot answer that. I am a small model and know little of the world.";

  private static final List<String> BEYOND =
      List.of(
          "Who is the president of France?",
          "What will the weather be tomorrow?",
          "Write a program in C++ that sorts a file.",
          "Translate this book into Greek.",
          "Which stock should I buy?",
          "Explain quantum physics.",
          "Who won the football match yesterday?",
          "What is the meaning of life?",
          "Is this mole on my arm dangerous?",
          "Summarize the news of today.");

  @Override
  public String name() {
    return "text.manners";
  }

  @Override
  public Problem pose(Draw draw) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = draw.between(1, 3); i > 0; i--) {
      exchanges.add(exchange(draw));
    }
    return new Problem(name(), "", List.of(), exchanges);
  }

  private static Exchange exchange(Draw draw) {
    return switch (draw.below(7)) {
      case 0 -> greeting(draw);
      case 1 ->
          said(
              draw.of(
                  "Who are you?",
                  "What are you?",
                  "What is your name?",
                  "Are you a person?",
                  "Which model is this?"),
              WHO,
              "Pollux Nano");
      case 2 ->
          said(
              draw.of("What can you do?", "How can you help me?", "What are you good at?"),
              CAN,
              "I can");
      case 3 -> said(draw.one(BEYOND), CANNOT, "I cannot");
      case 4 ->
          said(draw.of("Thank you.", "Thanks!", "Thanks a lot."), "You are welcome.", "welcome");
      case 5 -> said(draw.of("Bye.", "Goodbye!", "See you."), "Goodbye!", "goodbye");
      default -> named(draw);
    };
  }

  private static Exchange greeting(Draw draw) {
    String hello = draw.of("Hello", "Hi", "Good morning", "Good evening");
    return said(hello + draw.of("", "!", "."), hello + "! How can I help you?", hello);
  }

  private static Exchange named(Draw draw) {
    String name = draw.one(Wordlist.NAMES);
    return said(
        draw.of("My name is %s.", "I am %s.", "Call me %s.").formatted(name),
        "Nice to meet you, %s.".formatted(name),
        name);
  }

  private static Exchange said(String question, String text, String key) {
    return Exchange.of(question, new Answer.Said(text, new Answer.Choice(key, List.of())));
  }
}
