package ai.pollux.assistant.constraint;

import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.TokenConstraint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles shapes for one model, and keeps those that were asked for last: their automata know the
 * masks of the states that answers went through. May be used by many threads.
 */
public final class ShapeCompiler {
  private static final int KEPT = 8;

  private final Tokenizer tokenizer;
  private final Set<Integer> endTokens;
  private final int vocabulary;
  private final Map<Key, TokenConstraint> kept = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable TokenTable table;

  /** What tells compiled shapes apart. */
  private record Key(AnswerShape shape, boolean thinking) {}

  /**
   * For a model.
   *
   * @param endTokens ids that end its answers
   * @param vocabulary how many scores it gives for a token
   */
  public ShapeCompiler(Tokenizer tokenizer, Collection<Integer> endTokens, int vocabulary) {
    this.tokenizer = tokenizer;
    this.endTokens = Set.copyOf(endTokens);
    this.vocabulary = vocabulary;
  }

  /**
   * The token sequences of a shape. The first call reads the whole vocabulary, which takes a while.
   *
   * @param thinking whether thoughts may stand before the answer
   * @throws ShapeException where this model cannot be held to it
   */
  public synchronized TokenConstraint compile(AnswerShape shape, boolean thinking) {
    TokenTable known = table;
    if (known == null) {
      known = new TokenTable(tokenizer, ModelMarks.ALL);
      table = known;
    }
    Key key = new Key(shape, thinking);
    TokenConstraint compiled = kept.get(key);
    if (compiled == null) {
      compiled = compile(key, known);
      kept.put(key, compiled);
      if (kept.size() > KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return compiled;
  }

  private TokenConstraint compile(Key key, TokenTable known) {
    Grammar grammar = new Grammar();
    ModelMarks marks = new ModelMarks(known.marks());
    Expr answer =
        switch (key.shape()) {
          case AnswerShape.Free() -> new Expr.Text(TextKind.FREE, 0, Expr.UNLIMITED);
          case AnswerShape.AnyJson() -> new AnyValue(grammar, new JsonNotation()).value();
          case AnswerShape.Schema schema ->
              new SchemaReader(grammar, new JsonNotation(), schema.schema(), schema.name()).read();
          case AnswerShape.OneOf(List<String> texts) ->
              new Expr.Choice(texts.stream().map(Expr::literal).toList());
          case AnswerShape.Pattern(String regex) ->
              RegexReader.read(regex).exact(new PlainScript());
          case AnswerShape.Calls calls -> new CallForm(grammar, marks).calls(calls);
        };
    Expr whole = key.thinking() ? Expr.sequence(marks.thought(), answer) : answer;
    return new GrammarConstraint(grammar, whole, known, endTokens, vocabulary);
  }
}
