/**
 * How Gemma 4 hears: a conformer over mel features in E2B and E4B, in the 12B one layer over frames
 * of 40 milliseconds as they are.
 */
@NullMarked
package ai.pollux.model.gemma4.audio;

import org.jspecify.annotations.NullMarked;
