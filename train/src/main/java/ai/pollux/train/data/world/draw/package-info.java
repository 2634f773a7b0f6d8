/**
 * Drawing with nothing but arithmetic that is the same on every machine: no fonts of the system, no
 * graphics library. Coordinates are pixels, x to the right, y down, (0, 0) the corner of the first
 * pixel.
 */
@NullMarked
package ai.pollux.train.data.world.draw;

import org.jspecify.annotations.NullMarked;
