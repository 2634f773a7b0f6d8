package ai.pollux.model;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * A decoder: token ids and what came before in, scores of the next token out. Written once against
 * {@link Ops}; holds weights, no state of a request.
 *
 * <p>Closing it frees its mapping; the backend that packed its weights is closed by who made it.
 */
public interface LanguageModel extends AutoCloseable {
  /** Sizes and names. */
  ModelInfo info();

  /** The input rows of tokens, scaled as the family does: [T] → [T, D]. */
  Tensor embed(Ops ops, int[] ids);

  /**
   * The rows that stand for an image, a frame or a sound, in place of as many placeholders: → [n,
   * D].
   *
   * @throws IllegalArgumentException if this model does not read such input
   */
  default Tensor encode(Ops ops, MediaInput input) {
    return encode(ops, input, Tap.NONE);
  }

  /**
   * The same.
   *
   * @param tap sees every stage of the encoder, named {@code vision.block}, {@code vision.output},
   *     {@code audio.output} and so on
   */
  default Tensor encode(Ops ops, MediaInput input, Tap tap) {
    throw new IllegalArgumentException(
        "encode: this %s model reads %s, found %s"
            .formatted(
                info().architecture(),
                info().media().isEmpty() ? "text alone" : "text and " + info().media(),
                input));
  }

  /**
   * Whether each row of such an input (a patch, a frame) becomes a row by itself, so that several
   * media may be encoded as {@link MediaInput#join one}.
   */
  default boolean isRowByRow(MediaInput input) {
    return false;
  }

  /**
   * Runs all blocks and the final norm: [T, D] → [T, D].
   *
   * @param ids the tokens of the rows (families with per-layer embeddings look them up again)
   * @param inputs {@link #embed}'s rows, with media rows in their places
   * @param tap sees every block's output
   */
  Tensor decode(Ops ops, int[] ids, Tensor inputs, Past past, Tap tap);

  /**
   * Scores of the next token after each of the given rows, after the family's soft-cap: [N, D] →
   * [N, V].
   */
  Tensor logits(Ops ops, Tensor hidden);

  /**
   * Scores of the next token after rows {@code outputs} of a step of plain text: → [outputs.length,
   * V].
   */
  default Tensor forward(Ops ops, int[] ids, Past past, int[] outputs) {
    Tensor hidden = decode(ops, ids, embed(ops, ids), past, Tap.NONE);
    return logits(ops, ops.rows(hidden, outputs));
  }

  @Override
  void close();
}
