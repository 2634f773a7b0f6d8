package ai.pollux.train.data.encode;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.MediaException;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.PreparedMedium;
import ai.pollux.content.processor.PromptExpansion;
import ai.pollux.content.processor.PromptMedium;
import ai.pollux.content.template.LearnableTemplate;
import ai.pollux.content.template.LearnedText;
import ai.pollux.content.template.TemplateException;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.model.MediaInput;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Turns samples into the tokens that a model is trained on; equal to what serving makes of the same
 * conversation up to the model's answer. May be used by many threads.
 */
public final class Encoder {
  private final Tokenizer tokenizer;
  private final LearnableTemplate template;
  private final MediaPreparation preparation;
  private final PromptExpansion expansion;
  private final int contextLength;

  /**
   * For one model.
   *
   * @param frontEnds of its encoders; {@link FrontEnds#none} for text alone
   * @param contextLength the most tokens of a sequence
   */
  public Encoder(
      Tokenizer tokenizer, LearnableTemplate template, FrontEnds frontEnds, int contextLength) {
    if (contextLength < 8) {
      throw new IllegalArgumentException(
          "context length: expected at least 8, found " + contextLength);
    }
    this.tokenizer = tokenizer;
    this.template = template;
    this.preparation = new MediaPreparation(frontEnds);
    this.expansion = new PromptExpansion(frontEnds.markup(), tokenizer);
    this.contextLength = contextLength;
  }

  /** The most tokens of a sequence. */
  public int contextLength() {
    return contextLength;
  }

  /** How many ids there are. */
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  /**
   * The sequences of a sample.
   *
   * <p>A document: BOS, its text and media in their places, EOS. All tokens of text and EOS are
   * learned, media and their marks are not. A long one becomes several pieces.
   *
   * <p>A dialogue: as the template writes it. What the model says is learned with the mark that
   * ends its turn. It is never cut.
   *
   * @throws BadRecordException where the sample cannot be written, or a dialogue does not fit
   */
  public List<Sequence> encode(Sample sample) {
    try {
      return switch (sample) {
        case Sample.Document document -> document(document);
        case Sample.Dialogue dialogue -> List.of(dialogue(dialogue));
      };
    } catch (MediaException | TemplateException e) {
      throw new BadRecordException(e);
    }
  }

  private List<Sequence> document(Sample.Document document) {
    Tokens tokens = new Tokens();
    tokens.add(
        tokenizer
            .bos()
            .orElseThrow(
                () -> new IllegalStateException("the tokenizer has no token that begins a text")),
        false);
    for (Sample.Piece piece : document.pieces()) {
      switch (piece) {
        case Sample.Piece.Words(String text) -> tokens.add(tokenizer.encode(text), true);
        case Sample.Piece.Shown(Medium medium) ->
            preparation
                .prepare(medium)
                .forEach(each ->
                    tokens.add(expansion.alone(each.place()), MediaPreparation.inputs(each)));
      }
    }
    if (tokens.length() == 1) {
      throw new BadRecordException("Expected a document with text or media, found an empty one.");
    }
    tokenizer.eos().ifPresent(eos -> tokens.add(eos, true));
    return tokens.pieces(document.source(), contextLength);
  }

  private Sequence dialogue(Sample.Dialogue dialogue) {
    List<PreparedMedium> media = new ArrayList<>();
    LearnedText written = template.learnable(shown(dialogue, media));
    List<PromptMedium> places = media.stream().map(PreparedMedium::place).toList();
    List<MediaInput> inputs =
        media.stream().flatMap(each -> MediaPreparation.inputs(each).stream()).toList();
    int[] edges =
        written.learned().stream()
            .flatMapToInt(span -> java.util.stream.IntStream.of(span.from(), span.to()))
            .toArray();
    PromptExpansion.Placed placed = expansion.expand(written.text(), places, edges);
    Tokens tokens = new Tokens();
    tokens.add(placed.prompt(), inputs);
    for (int i = 0; i < edges.length; i += 2) {
      tokens.learn(placed.places()[i], placed.places()[i + 1]);
    }
    if (tokens.length() > contextLength) {
      throw new BadRecordException(
          "A conversation of %d tokens does not fit a sequence of %d, and is not cut."
              .formatted(tokens.length(), contextLength));
    }
    return tokens.whole(dialogue.source());
  }

  /** The conversation with one part for each place; gathers what belongs there. */
  private Conversation shown(Sample.Dialogue dialogue, List<PreparedMedium> prepared) {
    Deque<Medium> media = new ArrayDeque<>(dialogue.media());
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : dialogue.conversation().turns()) {
      List<Part> parts = new ArrayList<>();
      for (Part part : turn.parts()) {
        switch (part) {
          case Part.Image _, Part.Audio _, Part.Video _ -> {
            Medium medium = media.poll();
            if (medium == null) {
              throw mismatch(dialogue);
            }
            for (PreparedMedium each : preparation.prepare(medium)) {
              prepared.add(each);
              parts.add(place(each));
            }
          }
          default -> parts.add(part); // the template knows which parts it takes
        }
      }
      turns.add(new Turn(turn.role(), parts));
    }
    if (!media.isEmpty()) {
      throw mismatch(dialogue);
    }
    return new Conversation(
        dialogue.conversation().system(), turns, dialogue.conversation().tools());
  }

  private static BadRecordException mismatch(Sample.Dialogue dialogue) {
    long parts =
        dialogue.conversation().turns().stream()
            .flatMap(turn -> turn.parts().stream())
            .filter(part ->
                part instanceof Part.Image
                    || part instanceof Part.Audio
                    || part instanceof Part.Video)
            .count();
    return new BadRecordException(
        "Expected one medium for each media part, found %d for %d parts."
            .formatted(dialogue.media().size(), parts));
  }

  private static Part place(PreparedMedium medium) {
    Media nothing = new Media("", new byte[0]);
    return switch (medium.place()) {
      case PromptMedium.Image _ -> new Part.Image(nothing);
      case PromptMedium.Sound _ -> new Part.Audio(nothing);
      case PromptMedium.Video _ -> new Part.Video(nothing);
    };
  }
}
