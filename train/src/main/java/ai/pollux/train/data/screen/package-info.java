/**
 * What is kept out of training: text of low quality, duplicates, and what overlaps with the sets
 * that models are measured on.
 */
@NullMarked
package ai.pollux.train.data.screen;

import org.jspecify.annotations.NullMarked;
