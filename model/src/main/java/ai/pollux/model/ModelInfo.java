package ai.pollux.model;

import java.util.List;
import java.util.Set;

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
 * @param media what it reads besides text
 * @param encoderBytes about the most that the tensors of an encoder take at once; 0 for text alone
 */
public record ModelInfo(
    String architecture,
    int vocabulary,
    int contextLength,
    int hiddenSize,
    int layers,
    List<CacheLayer> cacheLayers,
    long parameters,
    long weightBytes,
    Set<MediaKind> media,
    long encoderBytes) {
  public ModelInfo {
    cacheLayers = List.copyOf(cacheLayers);
    media = Set.copyOf(media);
  }

  /** The same model, which reads media too; {@code working} bytes are what its encoders take. */
  public ModelInfo withMedia(Set<MediaKind> kinds, long working) {
    return new ModelInfo(
        architecture,
        vocabulary,
        contextLength,
        hiddenSize,
        layers,
        cacheLayers,
        parameters,
        weightBytes,
        kinds,
        working);
  }

  /** The same model, if its weights took that many bytes. */
  public ModelInfo withWeightBytes(long bytes) {
    return new ModelInfo(
        architecture,
        vocabulary,
        contextLength,
        hiddenSize,
        layers,
        cacheLayers,
        parameters,
        bytes,
        media,
        encoderBytes);
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
