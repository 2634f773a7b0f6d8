/**
 * How Gemma 4 sees: a tower over patches of 16 x 16 pixels in most sizes, in the 12B one layer over
 * patches of 48 x 48.
 */
@NullMarked
package ai.pollux.model.gemma4.vision;

import org.jspecify.annotations.NullMarked;
