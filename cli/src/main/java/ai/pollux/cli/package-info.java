/**
 * One class per command. The only place that chooses a backend and wires the modules together, by
 * plain constructors.
 */
@NullMarked
package ai.pollux.cli;

import org.jspecify.annotations.NullMarked;
