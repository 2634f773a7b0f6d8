/**
 * The slow backend: plain arrays, every operation by its definition. Tests compare others with it.
 */
@NullMarked
package ai.pollux.tensor.reference;

import org.jspecify.annotations.NullMarked;
