/** Rewrites models with all that belongs to them: weights, vocabulary, chat template. */
@NullMarked
package ai.pollux.assistant.convert;

import org.jspecify.annotations.NullMarked;
