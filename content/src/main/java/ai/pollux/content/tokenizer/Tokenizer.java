package ai.pollux.content.tokenizer;

import java.util.OptionalInt;

/**
 * A vocabulary of pieces and the rules that cut text into them. Immutable and safe to share between
 * threads; nothing to close.
 *
 * <p>Lone surrogates in a text count as U+FFFD. No method here adds BOS or EOS, except {@link
 * #framed}.
 */
public interface Tokenizer {

  /** How many ids there are: every id is at least 0 and below this. */
  int vocabularySize();

  /**
   * The ids of what somebody wrote: where the text spells a control token, like {@code <bos>}, it
   * is read as plain text. User-defined pieces (runs of newlines, say) are recognised.
   */
  int[] encode(String text);

  /** The ids of a text that a template rendered: spelled control tokens become their ids. */
  int[] encodeWithSpecials(String text);

  /** {@code ids} with what this tokenizer puts around a text: usually BOS in front, or nothing. */
  int[] framed(int[] ids);

  /** The id that begins a text, if there is one. */
  OptionalInt bos();

  /** The id that ends a text, if there is one. */
  OptionalInt eos();

  /** Whether {@link #framed} puts {@link #bos} in front. */
  boolean addsBos();

  /**
   * The text of these ids. Control tokens appear as spelled; bytes that are not UTF-8 become
   * U+FFFD, one per maximal ill-formed part (Unicode 16, section 3.9).
   *
   * @throws IllegalArgumentException where an id is not in the vocabulary
   */
  String decode(int[] ids);

  /** Decodes as ids arrive, from the start of a text: the pieces add up to {@link #decode}. */
  Detokenizer detokenizer();

  /**
   * Decodes ids that continue a text. Differs from {@link #detokenizer} where the first piece of a
   * text carries a space that was not written (Llama 2's dummy prefix): here that space is kept.
   */
  Detokenizer continuingDetokenizer();

  /**
   * The bytes that an id stands for inside a text; for a control token, its spelling in UTF-8.
   *
   * @throws IllegalArgumentException where the id is not in the vocabulary
   */
  byte[] bytes(int id);

  /**
   * The id's spelling in the vocabulary, like {@code ▁the}, {@code <0x0A>} or {@code <bos>}.
   *
   * @throws IllegalArgumentException where the id is not in the vocabulary
   */
  String piece(int id);

  /** The id of exactly this spelling in the vocabulary, control tokens included. */
  OptionalInt id(String piece);

  /**
   * Whether an id steers the model and is no part of a text: BOS, turn marks, padding, the unknown
   * token.
   *
   * @throws IllegalArgumentException where the id is not in the vocabulary
   */
  boolean isControl(int id);
}
