/**
 * Text to token ids and back: SentencePiece (BPE and unigram), byte-level BPE, and the files they
 * come in. Start at {@link ai.pollux.content.tokenizer.Tokenizers}.
 */
@NullMarked
package ai.pollux.content.tokenizer;

import org.jspecify.annotations.NullMarked;
