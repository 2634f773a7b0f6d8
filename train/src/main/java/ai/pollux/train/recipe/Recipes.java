package ai.pollux.train.recipe;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sizes that have a name. */
public final class Recipes {
  /**
   * The miniature family: trained on a laptop. Patches are of 12 pixels, so 96 x 96 is 64 tokens.
   * {@code nano-raw} hears samples in place of spectra.
   */
  private static final List<Recipe> MINIATURES =
      List.of(
          mini("tiny", 128, 384, 3, 4, 2, 32),
          mini("nano", 256, 768, 6, 4, 2, 64),
          mini("nano", 256, 768, 6, 4, 2, 64).named("nano-raw").with(2048, SoundFrames.SAMPLES),
          mini("pro", 384, 1152, 9, 6, 2, 64),
          mini("ultra", 512, 1536, 12, 8, 2, 64));

  /** Sizes that Gemini 1.0 named (Nano-1, Nano-2), and Google's own of Gemma 4 12B. */
  private static final List<Recipe> FULL =
      List.of(
          full("nano-1.8b", 2048, 8192, 24, 16, 4, 128, 1024),
          full("nano-3.25b", 2560, 10240, 30, 20, 4, 128, 1024),
          full("pro-12b", 3840, 15360, 48, 16, 8, 256, 1024));

  private Recipes() {}

  /** All of them, small ones first. */
  public static List<Recipe> all() {
    return Stream.concat(MINIATURES.stream(), FULL.stream()).toList();
  }

  /**
   * One by its name.
   *
   * @throws IllegalArgumentException that lists the names there are
   */
  public static Recipe named(String name) {
    return all().stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "recipe: expected one of %s, found %s"
                    .formatted(
                        all().stream().map(Recipe::name).collect(Collectors.joining(", ")), name)));
  }

  private static Recipe mini(
      String name, int hidden, int feedForward, int layers, int heads, int kvHeads, int headSize) {
    return new Recipe(
        name,
        hidden,
        feedForward,
        layers,
        2,
        heads,
        kvHeads,
        headSize,
        128,
        2048,
        2048,
        4,
        256,
        96,
        6,
        SoundFrames.LOG_MEL);
  }

  private static Recipe full(
      String name,
      int hidden,
      int feedForward,
      int layers,
      int heads,
      int kvHeads,
      int headSize,
      int window) {
    return new Recipe(
        name,
        hidden,
        feedForward,
        layers,
        5,
        heads,
        kvHeads,
        headSize,
        window,
        262_144,
        32_768,
        16,
        hidden,
        1120,
        32,
        SoundFrames.SAMPLES);
  }
}
