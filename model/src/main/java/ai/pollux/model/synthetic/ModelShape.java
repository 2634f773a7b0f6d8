package ai.pollux.model.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sizes of a published model's text part, as its {@code config.json} gives them.
 *
 * @param name what the command line calls it
 * @param family which architecture
 * @param hiddenSize D
 * @param layers how many blocks
 * @param heads H
 * @param localKvHeads G of layers with a window; of all layers where none has one
 * @param globalKvHeads G of layers that see everything
 * @param localHeadSize K of layers with a window; of all layers where none has one
 * @param globalHeadSize K of layers that see everything
 * @param feedForwardSize F
 * @param vocabulary V
 * @param contextLength the most positions it was made for
 * @param window how far local layers look back; 0 where there are none
 * @param period every {@code period}-th layer is global; 1 where all are
 * @param perLayerSize values of a token's embedding for each layer; 0 without these
 * @param sharedLayers last layers that use the keys and values of earlier ones; in Gemma 4 their F
 *     is doubled
 */
public record ModelShape(
    String name,
    Family family,
    int hiddenSize,
    int layers,
    int heads,
    int localKvHeads,
    int globalKvHeads,
    int localHeadSize,
    int globalHeadSize,
    int feedForwardSize,
    int vocabulary,
    int contextLength,
    int window,
    int period,
    int perLayerSize,
    int sharedLayers) {
  /** The architectures, named in lower case in GGUF. */
  public enum Family {
    LLAMA,
    GEMMA3,
    GEMMA3N,
    GEMMA4;

    /** GGUF's name. */
    public String architecture() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Every shape that has a name. */
  public static final List<ModelShape> ALL =
      List.of(
          new ModelShape(
              "gemma3-1b",
              Family.GEMMA3,
              1152,
              26,
              4,
              1,
              1,
              256,
              256,
              6912,
              262_144,
              32_768,
              512,
              6,
              0,
              0),
          new ModelShape(
              "gemma3-4b",
              Family.GEMMA3,
              2560,
              34,
              8,
              4,
              4,
              256,
              256,
              10_240,
              262_208,
              131_072,
              1024,
              6,
              0,
              0),
          new ModelShape(
              "gemma3n-e2b",
              Family.GEMMA3N,
              2048,
              30,
              8,
              2,
              2,
              256,
              256,
              8192,
              262_400,
              32_768,
              512,
              5,
              256,
              10),
          new ModelShape(
              "gemma3n-e4b",
              Family.GEMMA3N,
              2048,
              35,
              8,
              2,
              2,
              256,
              256,
              16_384,
              262_400,
              32_768,
              512,
              5,
              256,
              15),
          new ModelShape(
              "llama3.2-1b",
              Family.LLAMA,
              2048,
              16,
              32,
              8,
              8,
              64,
              64,
              8192,
              128_256,
              131_072,
              0,
              1,
              0,
              0),
          new ModelShape(
              "gemma4-e2b",
              Family.GEMMA4,
              1536,
              35,
              8,
              1,
              1,
              256,
              512,
              6144,
              262_144,
              131_072,
              512,
              5,
              256,
              20),
          new ModelShape(
              "gemma4-12b",
              Family.GEMMA4,
              3840,
              48,
              16,
              8,
              1,
              256,
              512,
              15_360,
              262_144,
              262_144,
              1024,
              6,
              0,
              0));

  /** The shape of that name. */
  public static Optional<ModelShape> named(String name) {
    return ALL.stream().filter(shape -> shape.name().equals(name)).findFirst();
  }

  /** Whether a layer looks back over a window only. */
  public boolean isLocal(int layer) {
    return (layer + 1) % period != 0;
  }

  /** K of a layer. */
  public int headSize(int layer) {
    return isLocal(layer) ? localHeadSize : globalHeadSize;
  }

  /** G of a layer. */
  public int kvHeads(int layer) {
    return isLocal(layer) ? localKvHeads : globalKvHeads;
  }

  /** Whether a layer makes its own keys and values. */
  public boolean hasOwnKeys(int layer) {
    return layer < layers - sharedLayers;
  }

  /**
   * Whether a layer that makes keys has a projection for values: in Gemma 4 global layers with
   * fewer heads than the local ones use that of the keys.
   */
  public boolean hasValues(int layer) {
    return isLocal(layer) || localKvHeads == globalKvHeads;
  }

  /** F of a layer. */
  public int feedForwardSize(int layer) {
    boolean isWide = family == Family.GEMMA4 && !hasOwnKeys(layer);
    return isWide ? 2 * feedForwardSize : feedForwardSize;
  }

  /** All layers, from 0. */
  IntStream layerNumbers() {
    return IntStream.range(0, layers);
  }
}
