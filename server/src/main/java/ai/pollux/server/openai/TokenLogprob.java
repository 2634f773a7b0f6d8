package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerEvent.TokenScore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How likely a token was.
 *
 * @param logprob natural logarithm
 * @param bytes the token's text in UTF-8; null where the token is a piece of a character
 * @param topLogprobs the likeliest tokens of the step; absent in those themselves
 */
public record TokenLogprob(
    String token,
    double logprob,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable List<Integer> bytes,
    @Nullable List<TokenLogprob> topLogprobs) {

  static List<TokenLogprob> of(List<TokenScore> scores) {
    return scores.stream()
        .map(score -> of(score, score.alternatives().stream().map(each -> of(each, null)).toList()))
        .toList();
  }

  private static TokenLogprob of(TokenScore score, @Nullable List<TokenLogprob> top) {
    return new TokenLogprob(score.token(), score.logprob(), bytes(score.token()), top);
  }

  private static @Nullable List<Integer> bytes(String token) {
    if (token.indexOf('\uFFFD') >= 0) {
      return null;
    }
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length).mapToObj(i -> utf8[i] & 0xff).toList();
  }
}
