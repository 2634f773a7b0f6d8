/**
 * What a family is, and what it reads its settings and weights from: the same for every file
 * format.
 *
 * <p>A {@link ai.pollux.model.loading.Family} sees its numbers through {@link
 * ai.pollux.model.loading.Settings} and its weights, by our names, through {@link
 * ai.pollux.model.loading.Weights}. Foreign names of weights occur in {@link
 * ai.pollux.model.loading.NameTable}s only.
 */
@NullMarked
package ai.pollux.model.loading;

import org.jspecify.annotations.NullMarked;
