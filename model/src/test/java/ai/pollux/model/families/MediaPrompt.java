package ai.pollux.model.families;

import static java.lang.Math.toIntExact;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.tensor.Past;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A golden prompt with media: what the front ends made of them, and which tokens they stand for.
 *
 * @param kinds of each token: 0 text, 1 image, 2 video, 3 sound
 */
record MediaPrompt(GoldenCase golden, GoldenCase.Prompt prompt, int[] kinds) {
  private static final int VIDEO = 2;
  private static final int SOUND = 3;

  static MediaPrompt of(GoldenCase golden, GoldenCase.Prompt prompt) {
    return new MediaPrompt(golden, prompt, golden.wholes(prompt.name() + ".media_kind"));
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

  /**
   * Whether the reference's tower is another model than ours: with eager attention, which the
   * goldens were made with, it turns the mask of Gemma 4's around. What it is meant to be is in
   * {@code golden/gemma4-audio}, where SoundGoldenTest compares it.
   */
  boolean hasTurnedMask() {
    return golden.modelType().equals("gemma4") && !golden.names(name("audio.encoded")).isEmpty();
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
