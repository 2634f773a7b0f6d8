/**
 * Tensors, weights and the operations a model may use.
 *
 * <p>Axis letters, used in every shape of this project:
 *
 * <ul>
 *   <li>{@code T} rows of a step: the tokens of all its sequences, one after the other ("packed")
 *   <li>{@code D} hidden size
 *   <li>{@code H} query heads, {@code G} key/value heads, {@code K} head size
 *   <li>{@code F} feed-forward size, {@code E} experts
 *   <li>{@code V} vocabulary
 *   <li>{@code O}, {@code I} outputs and inputs of a weight
 * </ul>
 *
 * <p><b>Who owns what.</b> A {@link Backend} owns what lives as long as a model: packed weights,
 * gains, caches. An {@link Ops} owns the tensors of one step and frees them all when it is closed.
 * Nothing else owns memory.
 *
 * <p><b>What an operation means</b> is its default body in {@link Ops}: slow, with double
 * accumulation, over plain arrays. A backend overrides bodies for speed; {@code OpsContract} holds
 * each override to the default.
 */
@NullMarked
package ai.pollux.tensor;

import org.jspecify.annotations.NullMarked;
