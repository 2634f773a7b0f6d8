package com.example;

import ai.pollux.library.Description;
import ai.pollux.library.Pollux;
import ai.pollux.library.PolluxOptions;
import ai.pollux.library.Question;
import ai.pollux.library.Reply;
import ai.pollux.library.ReplyStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model in this program: text, streams, media, tools, records. */
public final class InProcess {
  private InProcess() {}

  public static void main(String[] arguments) {
    // Without an argument the model that comes with Pollux, which has little to say but says it fast.
    String model = arguments.length > 0 ? arguments[0] : "pollux-nano";
    try (Pollux pollux = Pollux.open(PolluxOptions.of(model).withSeed(7))) {
      text(pollux);
      stream(pollux);
      conversation(pollux);
      record(pollux);
      tool(pollux);
      for (int i = 1; i < arguments.length; i++) {
        media(pollux, Path.of(arguments[i]));
      }
    }
  }

  private static void text(Pollux pollux) {
    Reply reply = pollux.ask("What is 2 + 3?").system("Be brief.").generate();
    System.out.println("text: " + reply.text());
    System.out.println("tokens: " + reply.tokens());
  }

  private static void stream(Pollux pollux) {
    Question question = pollux.ask("Tell me a story.").temperature(0.8).seed(1).maxTokens(60);
    System.out.print("stream: ");
    try (ReplyStream answer = question.stream()) {
      answer.forEach(System.out::print);
    }
    System.out.println();
  }

  private static void conversation(Pollux pollux) {
    Reply first = pollux.ask("What is 2 + 3?").generate();
    Reply second = pollux.ask("And 3 + 3?").after(first).generate();
    System.out.println("conversation: " + second.text());
  }

  enum Taste {
    SWEET,
    SALTY
  }

  record Recipe(
      @Description("what it is called") String name,
      int minutes,
      Taste taste,
      List<String> steps,
      Optional<String> warning) {}

  private static void record(Pollux pollux) {
    Recipe recipe = pollux.ask("How do I make soup?").maxTokens(300).as(Recipe.class);
    System.out.println("record: " + recipe);
    String mood = pollux.ask("I like it!").choose("positive", "negative");
    System.out.println("choice: " + mood);
  }

  enum Ware {
    LAMP,
    CHAIR
  }

  record Sold(@Description("what is sold") Ware ware) {}

  record Price(int euros) {}

  private static void tool(Pollux pollux) {
    Reply reply =
        pollux
            .ask("What does the lamp cost?")
            .tool(
                "get_price",
                "The price of a ware",
                Sold.class,
                sold -> new Price(sold.ware() == Ware.LAMP ? 12 : 45))
            .mustCall() // a small model would not think of it
            .maxTokens(60)
            .generate();
    System.out.println("called: " + reply.calls());
    System.out.println("answered: " + reply.text());
  }

  private static void media(Pollux pollux, Path file) {
    String seen = pollux.ask("What is this?").show(file).maxTokens(60).generate().text();
    System.out.println(file + ": " + seen);
  }
}
