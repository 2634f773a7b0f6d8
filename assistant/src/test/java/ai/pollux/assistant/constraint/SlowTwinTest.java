package ai.pollux.assistant.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenMask;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Behind random prefixes a mask allows those tokens that the definition lets follow, and no other.
 */
final class SlowTwinTest {
  private static final int ROOM = 1 << 20;

  private final Tokenizer tokenizer = SmallTokenizer.open();
  private final TokenTable table = new TokenTable(tokenizer, ModelMarks.ALL);

  @Test
  void masksOfJsonAreThoseOfTheDefinition() {
    for (int seed = 0; seed < 20; seed++) {
      Grammar grammar = new Grammar();
      Json.Obj schema = RandomSchemas.any(5000 + seed);
      Expr whole = new SchemaReader(grammar, new JsonNotation(), schema, "schema").read();
      compare(grammar, whole, seed);
    }
  }

  @Test
  void masksOfArgumentsAreThoseOfTheDefinition() {
    for (int seed = 0; seed < 8; seed++) {
      Grammar grammar = new Grammar();
      Json.Obj schema = RandomSchemas.object(6000 + seed);
      Expr whole = new SchemaReader(grammar, new Gemma4Notation(), schema, "schema").read();
      compare(grammar, Expr.sequence(new ModelMarks(table.marks()).thought(), whole), seed);
    }
  }

  private void compare(Grammar grammar, Expr whole, int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    TokenGuide guide =
        new GrammarConstraint(
                grammar, whole, table, SmallTokenizer.END_TOKENS, tokenizer.vocabularySize())
            .begin();
    Derivatives derivatives = new Derivatives(grammar);
    Expr here = whole;
    StringBuilder prefix = new StringBuilder();
    for (int step = 0; step < 12; step++) {
      TokenMask mask = guide.allowed(ROOM);
      Map<String, Expr> known = new HashMap<>();
      for (int token = 0; token < tokenizer.vocabularySize(); token++) {
        boolean expected =
            token == SmallTokenizer.END
                ? derivatives.isNullable(here)
                : table.spelling(token).length > 0
                    && derivatives.isProductive(
                        behind(derivatives, here, table.spelling(token), known));
        assertThat(mask.allows(token))
            .as("seed %d: %s behind %s", seed, tokenizer.piece(token), prefix)
            .isEqualTo(expected);
      }
      int[] allowed =
          IntStream.range(0, tokenizer.vocabularySize())
              .filter(token -> token != SmallTokenizer.END && mask.allows(token))
              .toArray();
      if (allowed.length == 0) {
        return;
      }
      int token = allowed[random.nextInt(allowed.length)];
      guide.advance(token);
      here = behind(derivatives, here, table.spelling(token), known);
      prefix.append(tokenizer.piece(token));
    }
  }

  /** Symbol by symbol; beginnings that tokens share are derived once. */
  private Expr behind(
      Derivatives derivatives, Expr from, char[] spelling, Map<String, Expr> known) {
    Expr at = from;
    for (int i = 0; i < spelling.length; i++) {
      Expr before = at;
      int symbol = spelling[i];
      at =
          known.computeIfAbsent(
              new String(spelling, 0, i + 1),
              beginning -> derivatives.behind(before, symbol, table.marks()));
    }
    return at;
  }
}
