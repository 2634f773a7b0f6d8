package ai.pollux.engine.sample;

/**
 * A token and how likely the model finds it.
 *
 * @param token its id
 * @param logprob natural logarithm of its share in the softmax of the model's scores, at
 *     temperature 1 and before bias, penalties and truncation
 */
public record TokenLogprob(int token, double logprob) {}
