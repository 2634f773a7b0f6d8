/**
 * The forms that answers may be held to, as automata over the bytes of UTF-8 and over a tokenizer's
 * pieces.
 *
 * <p>The way of a JSON schema: {@code SchemaReader} and a {@code Notation} (JSON, or a model's own
 * way of writing arguments) make {@code Expr}s; {@code NetworkBuilder} makes them nodes that call
 * each other; {@code Automaton} walks all of their ways at once and keeps the states it was in;
 * {@code Masks} walks the {@code TokenTrie} through the automaton and says which tokens may come
 * next; {@code Distances} knows how many tokens the shortest end takes, so that an answer is always
 * closed in time.
 */
@NullMarked
package ai.pollux.assistant.constraint;

import org.jspecify.annotations.NullMarked;
