/** The list of families, and the way from a path to a model. */
@NullMarked
package ai.pollux.model.families;

import org.jspecify.annotations.NullMarked;
