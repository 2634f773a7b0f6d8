/**
 * Learns a vocabulary from text: byte pair encoding as SentencePiece does it, with bytes for what
 * no piece spells, and writes it as the files that Gemma 4's tokenizer comes in.
 *
 * <p>Words used here: a <em>chunk</em> is a run of characters inside which pieces may be joined; a
 * <em>symbol</em> is a character or a piece made of two symbols; a <em>pair</em> is two symbols
 * that stand side by side.
 */
@NullMarked
package ai.pollux.train.tokenizer;

import org.jspecify.annotations.NullMarked;
