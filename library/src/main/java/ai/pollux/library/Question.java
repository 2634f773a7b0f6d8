package ai.pollux.library;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is asked, and how it is to be answered. Immutable: each method returns another question, so
 * that one may be asked in many ways. Nothing happens before {@link #generate}, {@link #stream},
 * {@link #as}, {@link #choose} or {@link #countTokens}.
 */
public final class Question {
  private final Assistant assistant;
  private final Draft draft;

  private Question(Assistant assistant, Draft draft) {
    this.assistant = assistant;
    this.draft = draft;
  }

  static Question of(Assistant assistant, String text) {
    Draft draft = new Draft(assistant.defaultSampling());
    draft.parts.add(new Part.Text(text));
    return new Question(assistant, draft);
  }

  /** With instructions that stand before everything. */
  public Question system(String text) {
    return with(to -> to.system = text);
  }

  /** As the next turn of the conversation that gave a reply. */
  public Question after(Reply reply) {
    Draft earlier = reply.question().draft;
    return with(to -> {
      to.system = to.system.isEmpty() ? earlier.system : to.system;
      to.before.addAll(earlier.before);
      to.before.add(earlier.turn());
      to.before.addAll(reply.turns());
    });
  }

  /** With an image, a sound, a video, a PDF or a text of a file, before the words. */
  public Question show(Path file) {
    return show(FilePart.of(file));
  }

  /** With an image, a sound, a video, a PDF or a text, before the words. */
  public Question show(byte[] file) {
    return show(FilePart.of(file, "%,d bytes".formatted(file.length)));
  }

  /** With any part, before the words. */
  public Question show(Part part) {
    return with(to -> to.parts.add(to.parts.size() - 1, part));
  }

  /**
   * With a tool that the model may call. What it calls is run, and it is asked again with what that
   * gave, until it has nothing to call.
   */
  public <A extends Record> Question tool(
      String name, String description, Class<A> arguments, Tool.Function<A> function) {
    return with(to -> to.tools.add(new Tool<>(name, description, arguments, function)));
  }

  /** Where the model must call one of its tools before it answers. */
  public Question mustCall() {
    return with(to -> to.mustCall = true);
  }

  /** Where the model thinks first, if it knows how. */
  public Question think() {
    return with(to -> to.isThinking = true);
  }

  /** At a temperature; 0 takes the likeliest token always. */
  public Question temperature(double value) {
    return sampling(sampling -> sampling.withTemperature((float) value));
  }

  /** From the likeliest tokens that have this share together. */
  public Question topP(double share) {
    return sampling(sampling -> sampling.withTopP((float) share));
  }

  /** From so many of the likeliest tokens. */
  public Question topK(int tokens) {
    return sampling(sampling -> sampling.withTopK(tokens));
  }

  /** With the draws of a seed. */
  public Question seed(long value) {
    return sampling(sampling -> sampling.withSeed(value));
  }

  /** With tokens picked in any way. */
  public Question sampling(UnaryOperator<Sampling> change) {
    return with(to -> to.sampling = change.apply(to.sampling));
  }

  /** In at most so many tokens; otherwise as many as the context holds. */
  public Question maxTokens(int most) {
    return with(to -> to.maxTokens = OptionalInt.of(most));
  }

  /** Up to one of these texts. */
  public Question stopAt(String... texts) {
    return with(to -> to.stops = List.of(texts));
  }

  /** Held to a shape: JSON of a schema, a regular expression, one of some texts. */
  public Question shape(AnswerShape shape) {
    return with(to -> to.shape = shape);
  }

  private Question with(Consumer<Draft> change) {
    Draft copy = draft.copy();
    change.accept(copy);
    return new Question(assistant, copy);
  }

  /** The whole answer, when it is written. */
  public Reply generate() {
    try (ReplyStream stream = stream()) {
      return stream.reply();
    }
  }

  /** The answer as it is written. The caller closes it. */
  public ReplyStream stream() {
    boolean isHeld = !(draft.shape instanceof AnswerShape.Free);
    if (isHeld && !draft.tools.isEmpty()) {
      throw new PolluxException(
          "a question with tools cannot be held to a shape as well. Ask with tools first, then for the shape: pollux.ask(...).after(reply).as(...)");
    }
    if (draft.mustCall && draft.tools.isEmpty()) {
      throw new PolluxException("mustCall(): no tool is there to be called. Add one: tool(...)");
    }
    return new ReplyStream(new Rounds(assistant, this));
  }

  /**
   * The answer as a record, whose JSON the model is held to.
   *
   * @throws PolluxException if a component has no schema, or the answer was cut off
   */
  public <T extends Record> T as(Class<T> type) {
    AnswerShape shape = new AnswerShape.Schema(RecordSchema.of(type), type.getSimpleName());
    return RecordJson.read(shape(shape).generate().text(), type);
  }

  /** One of these texts, whichever the model prefers. */
  public String choose(String... texts) {
    return shape(new AnswerShape.OneOf(List.of(texts))).generate().text();
  }

  /** How many tokens the question takes. */
  public int countTokens() {
    return assistant.countTokens(prompt(List.of())).total();
  }

  List<Tool<?>> tools() {
    return draft.tools;
  }

  /** What to answer when this was said since the question. */
  AnswerRequest request(List<Turn> since) {
    boolean isCall = draft.mustCall && since.isEmpty();
    AnswerShape shape = isCall ? new AnswerShape.Calls(draft.declarations(), true) : draft.shape;
    return new AnswerRequest(prompt(since), draft.sampling, draft.maxTokens, 1, draft.stops, shape);
  }

  private Prompt.Chat prompt(List<Turn> since) {
    List<Turn> turns = new ArrayList<>(draft.before);
    turns.add(draft.turn());
    turns.addAll(since);
    List<Part> system = draft.system.isEmpty() ? List.of() : List.of(new Part.Text(draft.system));
    return new Prompt.Chat(new Conversation(system, turns, draft.declarations()), draft.isThinking);
  }
}
