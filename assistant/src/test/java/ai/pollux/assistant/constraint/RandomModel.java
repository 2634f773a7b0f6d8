package ai.pollux.assistant.constraint;

import ai.pollux.content.tokenizer.Detokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.Sampler;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.engine.sample.Scores;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import java.util.Arrays;
import java.util.Set;

/** A model to which all tokens are alike; its answers are drawn as the engine draws them. */
final class RandomModel {
  private final Tokenizer tokenizer;
  private final Set<Integer> endTokens;
  private final Scores scores;

  RandomModel(Tokenizer tokenizer, Set<Integer> endTokens) {
    this.tokenizer = tokenizer;
    this.endTokens = endTokens;
    scores = new Scores(tokenizer.vocabularySize());
  }

  /** An answer, and how many tokens it took. */
  record Drawn(String text, int tokens, boolean ended) {}

  /** An answer of at most {@code room} tokens, its end token among them. */
  Drawn answer(TokenConstraint constraint, long seed, int room) {
    Sampler sampler = new Sampler(Sampling.of(1), seed, 0);
    TokenGuide guide = constraint.begin();
    Detokenizer text = tokenizer.continuingDetokenizer();
    StringBuilder out = new StringBuilder();
    for (int tokens = 0; tokens < room; tokens++) {
      Arrays.fill(scores.values(), 0);
      int token = sampler.next(scores, guide.allowed(room - tokens));
      if (endTokens.contains(token)) {
        return new Drawn(out + text.flush(), tokens + 1, true);
      }
      guide.advance(token);
      out.append(text.push(token));
    }
    return new Drawn(out + text.flush(), room, false);
  }
}
