/** Sizes of models to train, and new models of those sizes. */
@NullMarked
package ai.pollux.train.recipe;

import org.jspecify.annotations.NullMarked;
