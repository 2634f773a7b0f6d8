/** Where examples come from and how they become rows of a step. */
@NullMarked
package ai.pollux.train.data;

import org.jspecify.annotations.NullMarked;
