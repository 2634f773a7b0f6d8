/** Which rows of which sequences the next step computes. Integers only. */
@NullMarked
package ai.pollux.engine.schedule;

import org.jspecify.annotations.NullMarked;
