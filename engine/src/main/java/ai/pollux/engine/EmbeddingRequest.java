package ai.pollux.engine;

import java.util.List;

/**
 * What to make one vector of: the mean of the model's last hidden states, before the scores, over
 * the rows from {@code pooledFrom} on.
 *
 * @param prompt token ids, at least one
 * @param media what its placeholders stand for
 * @param pooledFrom the first row of the mean: 1 leaves out a start token, whose row is alike
 *     whatever follows
 */
public record EmbeddingRequest(int[] prompt, List<PromptMedium> media, int pooledFrom) {
  public EmbeddingRequest {
    prompt = prompt.clone();
    media = List.copyOf(media);
    if (pooledFrom < 0) {
      throw new IllegalArgumentException("pooledFrom: expected 0 or more, found " + pooledFrom);
    }
  }

  /** A copy of the ids. */
  @Override
  public int[] prompt() {
    return prompt.clone();
  }

  /** How many ids the prompt has. */
  public int promptLength() {
    return prompt.length;
  }
}
