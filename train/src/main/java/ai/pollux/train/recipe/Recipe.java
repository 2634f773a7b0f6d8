package ai.pollux.train.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a Gemma 4 without encoders: one decoder, into which patches of pixels and frames of
 * sound come through one linear layer each. Keys serve as values on global layers, as in Google's
 * 12B.
 *
 * @param name what it is called on the command line
 * @param hiddenSize D
 * @param feedForwardSize F
 * @param layers of blocks; the last one is global
 * @param localToGlobal how many local layers stand before each global one
 * @param heads H
 * @param kvHeads G of local layers; global ones have a quarter of them, at least one
 * @param headSize K of local layers; that of global ones is twice as large
 * @param window how many tokens a local layer sees
 * @param vocabulary V
 * @param contextLength the most tokens of a sequence
 * @param patchSize side of the patches that are merged three by three, in pixels
 * @param patchEmbeddingSize what a merged patch becomes before it is projected to D
 * @param patchPositions places on each axis of an image
 * @param videoFrames frames taken of a video where nobody says how often
 * @param sound what stands for 40 ms of sound
 */
public record Recipe(
    String name,
    int hiddenSize,
    int feedForwardSize,
    int layers,
    int localToGlobal,
    int heads,
    int kvHeads,
    int headSize,
    int window,
    int vocabulary,
    int contextLength,
    int patchSize,
    int patchEmbeddingSize,
    int patchPositions,
    int videoFrames,
    SoundFrames sound) {
  /** Patches that are merged on each axis, in all of the family. */
  static final int MERGED = 3;

  /** Refuses sizes that do not fit each other. */
  public Recipe {
    require(
        name,
        "layers",
        layers,
        layers > 0 && layers % (localToGlobal + 1) == 0,
        "a multiple of %d, so that the last layer is global".formatted(localToGlobal + 1));
    require(
        name,
        "heads",
        heads,
        heads > 0 && heads % kvHeads == 0,
        "a multiple of the %d key/value heads".formatted(kvHeads));
    require(
        name,
        "headSize",
        headSize,
        headSize > 0 && headSize % 8 == 0,
        "a multiple of 8, since a quarter of a head is turned in pairs");
    require(name, "window", window, window > 0, "at least 1");
    require(name, "patchPositions", patchPositions, patchPositions > 0, "at least 1");
  }

  private static void require(
      String name, String field, int found, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "recipe %s: expected %s to be %s, found %d".formatted(name, field, expected, found));
    }
  }

  /** The same sizes for another vocabulary and another form of sound. */
  public Recipe with(int newVocabulary, SoundFrames newSound) {
    return copy(name, newVocabulary, newSound);
  }

  /** The same sizes under another name. */
  public Recipe named(String newName) {
    return copy(newName, vocabulary, sound);
  }

  private Recipe copy(String newName, int newVocabulary, SoundFrames newSound) {
    return new Recipe(
        newName,
        hiddenSize,
        feedForwardSize,
        layers,
        localToGlobal,
        heads,
        kvHeads,
        headSize,
        window,
        newVocabulary,
        contextLength,
        patchSize,
        patchEmbeddingSize,
        patchPositions,
        videoFrames,
        newSound);
  }

  /** Whether a layer sees all that came before it. */
  boolean isGlobal(int layer) {
    return (layer + 1) % (localToGlobal + 1) == 0;
  }

  int headSize(int layer) {
    return isGlobal(layer) ? 2 * headSize : headSize;
  }

  int globalKvHeads() {
    return Math.max(1, kvHeads / 4);
  }

  int kvHeads(int layer) {
    return isGlobal(layer) ? globalKvHeads() : kvHeads;
  }

  /** Values of a merged patch: three colours of each pixel. */
  int patchWidth() {
    int side = MERGED * patchSize;
    return 3 * side * side;
  }

  /** All weights of a model of these sizes. */
  public List<Parameter> parameters() {
    return Parameter.of(this);
  }

  /** How many numbers it learns. */
  public long parameterCount() {
    return parameters().stream().mapToLong(Parameter::elements).sum();
  }

  /** Those of the blocks alone, without tables and what media come through. */
  public long blockParameterCount() {
    return parameters().stream()
        .filter(parameter -> parameter.name().contains(".layers."))
        .mapToLong(Parameter::elements)
        .sum();
  }

  /** The kinds of the layers, in the words of {@code config.json}. */
  List<String> layerTypes() {
    List<String> types = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      types.add(isGlobal(layer) ? "full_attention" : "sliding_attention");
    }
    return types;
  }
}
