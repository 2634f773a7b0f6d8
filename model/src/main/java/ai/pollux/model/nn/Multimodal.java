package ai.pollux.model.nn;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A decoder with encoders beside it.
 *
 * @param info the decoder's, and what the encoders read
 * @param encoders each for another form of input
 */
public record Multimodal(ModelInfo info, LanguageModel text, List<MediaEncoder> encoders)
    implements LanguageModel {

  /** The decoder itself where there are no encoders. */
  public static LanguageModel of(LanguageModel text, List<MediaEncoder> encoders) {
    if (encoders.isEmpty()) {
      return text;
    }
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    encoders.forEach(encoder -> kinds.addAll(encoder.kinds()));
    long working = encoders.stream().mapToLong(MediaEncoder::workingBytes).max().orElse(0);
    return new Multimodal(text.info().withMedia(kinds, working), text, List.copyOf(encoders));
  }

  @Override
  public Tensor embed(Ops ops, int[] ids) {
    return text.embed(ops, ids);
  }

  @Override
  public Tensor encode(Ops ops, MediaInput input, Tap tap) {
    for (MediaEncoder encoder : encoders) {
      if (encoder.reads(input)) {
        return encoder.apply(ops, input, tap);
      }
    }
    return LanguageModel.super.encode(ops, input, tap);
  }

  @Override
  public boolean isRowByRow(MediaInput input) {
    return encoders.stream().anyMatch(encoder -> encoder.reads(input) && encoder.isRowByRow());
  }

  @Override
  public Tensor decode(Ops ops, int[] ids, Tensor inputs, Past past, Tap tap) {
    return text.decode(ops, ids, inputs, past, tap);
  }

  @Override
  public Tensor logits(Ops ops, Tensor hidden) {
    return text.logits(ops, hidden);
  }

  @Override
  public void close() {
    text.close();
  }
}
