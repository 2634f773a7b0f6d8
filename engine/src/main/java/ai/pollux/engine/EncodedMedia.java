package ai.pollux.engine;

import ai.pollux.engine.cache.ContentKey;
import ai.pollux.model.LanguageModel;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import java.util.LinkedHashMap;

/**
 * The rows that a model's encoders made of media, kept by content: what many requests show is
 * encoded once. Used by the engine's thread only.
 */
final class EncodedMedia {
  /** What is kept besides the media of the step: some forty images of 280 rows of 2560 floats. */
  static final long CAPACITY_BYTES = 128L << 20;

  private final LanguageModel model;
  private final Backend backend;
  private final long capacityBytes;

  /** In order of last use. */
  private final LinkedHashMap<ContentKey, float[]> rows = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;
  private long encodings;

  EncodedMedia(LanguageModel model, Backend backend) {
    this(model, backend, CAPACITY_BYTES);
  }

  EncodedMedia(LanguageModel model, Backend backend, long capacityBytes) {
    this.model = model;
    this.backend = backend;
    this.capacityBytes = capacityBytes;
  }

  /**
   * The rows of a medium, [count, D]. No step may be open.
   *
   * @throws InvalidRequestException if the model makes another number of rows of it
   */
  float[] rows(PromptMedium medium) {
    float[] known = rows.get(medium.span().key());
    float[] all = known != null ? known : encode(medium);
    int count = all.length / model.info().hiddenSize();
    if (count != medium.span().count()) {
      throw new InvalidRequestException(
          ("media at token %d: expected %d placeholders, as many as the model makes rows of %s,"
                  + " found %d")
              .formatted(medium.span().from(), count, medium.input(), medium.span().count()));
    }
    return all;
  }

  /** How often an encoder ran. */
  long encodings() {
    return encodings;
  }

  private float[] encode(PromptMedium medium) {
    float[] made;
    try (Ops ops = backend.open()) {
      made = model.encode(ops, medium.input()).toArray();
    }
    encodings++;
    rows.put(medium.span().key(), made);
    bytes += (long) made.length * Float.BYTES;
    while (bytes > capacityBytes && rows.size() > 1) {
      bytes -= (long) rows.pollFirstEntry().getValue().length * Float.BYTES;
    }
    return made;
  }
}
