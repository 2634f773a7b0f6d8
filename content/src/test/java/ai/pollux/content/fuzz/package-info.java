/**
 * Targets for Jazzer: each takes any bytes, and anything but a {@link
 * ai.pollux.content.MediaException} is a finding.
 */
@NullMarked
package ai.pollux.content.fuzz;

import org.jspecify.annotations.NullMarked;
