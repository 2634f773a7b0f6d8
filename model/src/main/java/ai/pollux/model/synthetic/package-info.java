/**
 * Models of a published shape with random weights: to measure speed and memory without a download.
 */
@NullMarked
package ai.pollux.model.synthetic;

import org.jspecify.annotations.NullMarked;
