package ai.pollux.model.families;

import static java.lang.Math.toIntExact;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A golden prompt with media: what the front ends made of them, and which tokens they stand for.
 *
 * @param golden what to load, and what the front ends made
 * @param expected the same case with what the model has to make of it
 * @param kinds of each token: 0 text, 1 image, 2 video, 3 sound
 * @param isTurned whether the mask of the sound tower is to be turned around, see {@link
 *     TurnedMask}
 */
record MediaPrompt(
    GoldenCase golden,
    GoldenCase expected,
    GoldenCase.Prompt prompt,
    int[] kinds,
    boolean isTurned) {
  private static final int VIDEO = 2;
  private static final int SOUND = 3;
  private static final Path MEANT = Path.of("src/test/resources/golden/gemma4-audio");

  /** A prompt as it was recorded. */
  static MediaPrompt recorded(GoldenCase golden, GoldenCase.Prompt prompt) {
    boolean isTurned =
        golden.modelType().equals("gemma4")
            && !golden.names(prompt.name() + ".audio.encoded").isEmpty();
    int[] kinds = golden.wholes(prompt.name() + ".media_kind");
    return new MediaPrompt(golden, golden, prompt, kinds, isTurned);
  }

  /**
   * A prompt as it was recorded; and those of Gemma 4 with sounds a second time with the mask as it
   * is meant (golden/gemma4-audio/README.md).
   */
  static Stream<MediaPrompt> of(GoldenCase golden, GoldenCase.Prompt prompt) {
    MediaPrompt recorded = recorded(golden, prompt);
    if (!recorded.isTurned()) {
      return Stream.of(recorded);
    }
    String folder = golden.expected().getParent().getFileName().toString();
    GoldenCase meant =
        new GoldenCase(
            golden.name() + ", mask as meant",
            golden.weights(),
            MEANT.resolve(folder + "-prompts.safetensors"),
            golden.tolerance(),
            golden.prompts());
    return Stream.of(recorded, new MediaPrompt(golden, meant, prompt, recorded.kinds(), false));
  }

  /** The rows that the reference recorded: those of the prompt, or a thin choice of them. */
  int[] rows() {
    return expected.names(name("rows")).isEmpty()
        ? IntStream.range(0, prompt.ids().length).toArray()
        : expected.wholes(name("rows"));
  }

  /** The reference's name of a tensor of this prompt. */
  String name(String tensor) {
    return prompt.name() + "." + tensor;
  }

  /** What a model must read for this prompt. */
  Set<MediaKind> needs() {
    Set<MediaKind> needs = EnumSet.noneOf(MediaKind.class);
    for (int kind : kinds) {
      switch (kind) {
        case 0 -> {}
        case 1 -> needs.add(MediaKind.IMAGE);
        case VIDEO -> needs.add(MediaKind.VIDEO);
        case SOUND -> needs.add(MediaKind.AUDIO);
        default -> throw new AssertionError("media kind " + kind);
      }
    }
    return needs;
  }

  /** Images and frames, in the order of the prompt. */
  List<MediaInput> pictures() {
    if (golden.names(name("pixel_values")).isEmpty()) {
      return List.of();
    }
    float[] values = golden.tensor(name("pixel_values")).orElseThrow();
    int[] shape = golden.shape(name("pixel_values")).stream().mapToInt(Math::toIntExact).toArray();
    return shape.length == 4 ? crops(values, shape) : patches(values, shape[1]);
  }

  private static List<MediaInput> crops(float[] values, int[] shape) {
    int size = values.length / shape[0];
    List<MediaInput> crops = new ArrayList<>();
    for (int at = 0; at < values.length; at += size) {
      float[] crop = Arrays.copyOfRange(values, at, at + size);
      crops.add(new MediaInput.Picture(crop, shape[2], shape[3]));
    }
    return crops;
  }

  private List<MediaInput> patches(float[] values, int width) {
    int[] places = golden.wholes(name("position_ids"));
    List<MediaInput> images = new ArrayList<>();
    int from = 0;
    for (int count : golden.wholes(name("patches_per_image"))) {
      int first = from;
      images.add(
          new MediaInput.Patches(
              Arrays.copyOfRange(values, first * width, (first + count) * width),
              width,
              IntStream.range(first, first + count).map(i -> places[2 * i]).toArray(),
              IntStream.range(first, first + count).map(i -> places[2 * i + 1]).toArray()));
      from += count;
    }
    return images;
  }

  /** Sounds, in the order of the prompt. */
  List<MediaInput> sounds() {
    if (golden.names(name("audio_features")).isEmpty()) {
      return List.of();
    }
    float[] values = golden.tensor(name("audio_features")).orElseThrow();
    int width = toIntExact(golden.shape(name("audio_features")).getLast());
    List<MediaInput> sounds = new ArrayList<>();
    int from = 0;
    for (int count : golden.wholes(name("frames_per_clip"))) {
      float[] frames = Arrays.copyOfRange(values, from * width, (from + count) * width);
      sounds.add(new MediaInput.Sound(frames, width, count));
      from += count;
    }
    return sounds;
  }

  /** The rows of tokens, with those of media in their places. */
  Tensor inputs(LanguageModel model, Ops ops, int[] ids) {
    Tensor x = model.embed(ops, ids);
    for (boolean sound : new boolean[] {false, true}) {
      int[] places = places(sound);
      int from = 0;
      for (MediaInput input : sound ? sounds() : pictures()) {
        Tensor rows = encode(model, ops, input, Tap.NONE);
        x = ops.place(x, Arrays.copyOfRange(places, from, from + rows.size(0)), rows);
        from += rows.size(0);
      }
      assertThat(from).as("rows of media").isEqualTo(places.length);
    }
    return x;
  }

  /**
   * An encoder's rows. Under the turned mask rows of padding count, so a sound is padded to the
   * longest of its prompt, as the reference's processor does, and what comes of that is taken out.
   */
  Tensor encode(LanguageModel model, Ops ops, MediaInput input, Tap tap) {
    if (!isTurned || !(input instanceof MediaInput.Sound sound)) {
      return model.encode(ops, input, tap);
    }
    int frames = toIntExact(golden.shape(name("audio_features_padded")).get(1));
    float[] values = Arrays.copyOf(sound.values(), frames * sound.width());
    int valid = Math.ceilDiv(Math.ceilDiv(sound.frames(), 2), 2);
    int[] rows = IntStream.range(0, valid).toArray();
    return ops.rows(
        model.encode(
            TurnedMask.over(ops, valid),
            new MediaInput.Sound(values, sound.width(), frames),
            (name, layer, x) -> tap.see(name, layer, ops.rows(x, rows))),
        rows);
  }

  /** The tokens that rows of images and frames, or of sounds, take the place of. */
  int[] places(boolean sound) {
    return IntStream.range(0, kinds.length)
        .filter(i -> sound ? kinds[i] == SOUND : kinds[i] == 1 || kinds[i] == VIDEO)
        .toArray();
  }

  /** The last token that each token may look at: the end of its image or frame, else itself. */
  int[] lastVisible() {
    int[] last = new int[kinds.length];
    for (int i = kinds.length - 1; i >= 0; i--) {
      boolean isSeen = kinds[i] == 1 || kinds[i] == VIDEO;
      last[i] = isSeen && i + 1 < kinds.length && kinds[i + 1] == kinds[i] ? last[i + 1] : i;
    }
    return last;
  }

  /** All tokens and {@code more} in one step without a cache. */
  Past whole(int more) {
    int[] last = lastVisible();
    int length = kinds.length + more;
    return new Past() {
      @Override
      public int rows() {
        return length;
      }

      @Override
      public int sequences() {
        return 1;
      }

      @Override
      public int firstRow(int sequence) {
        return sequence * length;
      }

      @Override
      public int position(int row) {
        return row;
      }

      @Override
      public int lastVisible(int row) {
        return row < last.length ? last[row] : row;
      }
    };
  }
}
