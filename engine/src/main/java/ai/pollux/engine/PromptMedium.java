package ai.pollux.engine;

import ai.pollux.engine.cache.ContentKey;
import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Set;

/**
 * An image, a video frame or a sound in a prompt.
 *
 * @param input what the model's encoder reads
 * @param span which tokens of the prompt are its placeholders
 */
public record PromptMedium(MediaInput input, MediaSpan span) {
  /** The most rows of an image or a frame: the largest budget of Gemma 4. */
  public static final int MOST_ROWS = 1120;

  private static final int CHUNK = 4096;

  /**
   * An input in place of {@code count} placeholders from position {@code from} on. Its rows look at
   * each other, where the family lets them, unless it is a sound.
   */
  public static PromptMedium of(MediaInput input, int from, int count) {
    boolean isBlock = !(input instanceof MediaInput.Sound);
    return new PromptMedium(input, new MediaSpan(from, count, isBlock, key(input)));
  }

  /** What a model must be able to read: one of these. */
  Set<MediaKind> kinds() {
    return switch (input) {
      case MediaInput.Patches _, MediaInput.Picture _ ->
          EnumSet.of(MediaKind.IMAGE, MediaKind.VIDEO);
      case MediaInput.Sound _ -> EnumSet.of(MediaKind.AUDIO);
    };
  }

  /** Of the numbers and their sizes. */
  private static ContentKey key(MediaInput input) {
    MessageDigest digest = ContentKey.digest();
    switch (input) {
      case MediaInput.Patches patches -> {
        update(digest, 0, patches.width());
        update(digest, patches.columns());
        update(digest, patches.rows());
      }
      case MediaInput.Picture picture -> update(digest, 1, picture.height(), picture.width());
      case MediaInput.Sound sound -> update(digest, 2, sound.width(), sound.frames());
    }
    float[] values = input.values();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      digest.update(bytes.array(), 0, count * Float.BYTES);
    }
    return ContentKey.of(digest);
  }

  private static void update(MessageDigest digest, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    digest.update(bytes.array());
  }
}
