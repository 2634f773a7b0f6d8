package ai.pollux.model;

import java.util.List;

/**
 * What others need to know of a model.
 *
 * @param architecture the family, as GGUF spells it: {@code llama}, {@code gemma3}, {@code gemma4}
 * @param vocabulary V
 * @param contextLength the most positions it was made for
 * @param hiddenSize D
 * @param layers how many blocks
 * @param cacheLayers the layers that own keys and values, in the order that {@code
 *     AttentionSpec.layer} counts
 * @param parameters how many weights it has
 * @param weightBytes what they take as they are stored
 */
public record ModelInfo(
    String architecture,
    int vocabulary,
    int contextLength,
    int hiddenSize,
    int layers,
    List<CacheLayer> cacheLayers,
    long parameters,
    long weightBytes) {
  public ModelInfo {
    cacheLayers = List.copyOf(cacheLayers);
  }

  /**
   * One layer's keys and values.
   *
   * @param window how many positions back it looks, itself included; {@code
   *     AttentionSpec.UNBOUNDED} for all
   * @param kvHeads G
   * @param headSize K
   */
  public record CacheLayer(int window, int kvHeads, int headSize) {}
}
