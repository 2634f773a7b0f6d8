package ai.pollux.model;

import java.util.Arrays;
import java.util.List;

/**
 * One image, one frame of a video or one sound as a model's encoder reads it: what a family's
 * processor makes of pixels and samples. Arrays are shared, not copied: nobody may change them.
 */
public sealed interface MediaInput {
  /**
   * An image cut into patches, row by row.
   *
   * @param values [N, width]: of each patch, rows of pixels, of each pixel three colours
   * @param width values of a patch
   * @param columns where each patch stands in its image, from 0
   * @param rows likewise
   */
  record Patches(float[] values, int width, int[] columns, int[] rows) implements MediaInput {
    /** Refuses sizes that do not fit each other. */
    public Patches {
      if (columns.length != rows.length || values.length != (long) width * rows.length) {
        throw new IllegalArgumentException(
            "patches: expected %d columns, rows and %d values each, found %d, %d and %d values"
                .formatted(rows.length, width, columns.length, rows.length, values.length));
      }
    }

    /** N. */
    public int count() {
      return rows.length;
    }

    @Override
    public String toString() {
      return "%d patches of %d values".formatted(count(), width);
    }
  }

  /**
   * An image, or a crop of one.
   *
   * @param values [3, height, width]
   */
  record Picture(float[] values, int height, int width) implements MediaInput {
    /** Refuses sizes that do not fit each other. */
    public Picture {
      if (values.length != 3L * height * width) {
        throw new IllegalArgumentException(
            "picture: expected 3 x %d x %d values, found %d"
                .formatted(height, width, values.length));
      }
    }

    @Override
    public String toString() {
      return "a picture of %d x %d".formatted(width, height);
    }
  }

  /**
   * A sound, without padding.
   *
   * @param values [frames, width]: mel features, or samples
   */
  record Sound(float[] values, int width, int frames) implements MediaInput {
    /** Refuses sizes that do not fit each other. */
    public Sound {
      if (values.length != (long) width * frames) {
        throw new IllegalArgumentException(
            "sound: expected %d x %d values, found %d".formatted(frames, width, values.length));
      }
    }

    @Override
    public String toString() {
      return "%d frames of %d values".formatted(frames, width);
    }
  }

  /** All values, in order. */
  float[] values();

  /**
   * Inputs of one form and width as one, for encoders that take {@linkplain
   * LanguageModel#isRowByRow each row by itself}.
   *
   * @param inputs at least one; patches or sounds
   * @throws IllegalArgumentException if they are of several forms or widths, or pictures
   */
  static MediaInput join(List<? extends MediaInput> inputs) {
    return switch (inputs.getFirst()) {
      case Patches first -> {
        List<Patches> all = inputs.stream().map(input -> same(first, input)).toList();
        yield new Patches(
            values(all),
            first.width(),
            all.stream().flatMapToInt(patches -> Arrays.stream(patches.columns())).toArray(),
            all.stream().flatMapToInt(patches -> Arrays.stream(patches.rows())).toArray());
      }
      case Sound first -> {
        List<Sound> all = inputs.stream().map(input -> same(first, input)).toList();
        int frames = all.stream().mapToInt(Sound::frames).sum();
        yield new Sound(values(all), first.width(), frames);
      }
      case Picture picture ->
          throw new IllegalArgumentException("join: expected patches or sounds, found " + picture);
    };
  }

  private static Patches same(Patches first, MediaInput other) {
    if (other instanceof Patches patches && patches.width() == first.width()) {
      return patches;
    }
    throw new IllegalArgumentException(
        "join: expected input like %s, found %s".formatted(first, other));
  }

  private static Sound same(Sound first, MediaInput other) {
    if (other instanceof Sound sound && sound.width() == first.width()) {
      return sound;
    }
    throw new IllegalArgumentException(
        "join: expected input like %s, found %s".formatted(first, other));
  }

  private static float[] values(List<? extends MediaInput> inputs) {
    float[] joined = new float[inputs.stream().mapToInt(input -> input.values().length).sum()];
    int at = 0;
    for (MediaInput input : inputs) {
      System.arraycopy(input.values(), 0, joined, at, input.values().length);
      at += input.values().length;
    }
    return joined;
  }
}
