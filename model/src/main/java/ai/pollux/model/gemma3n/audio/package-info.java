/** How Gemma 3n hears: a conformer over mel features, of whose rows it takes every fourth. */
@NullMarked
package ai.pollux.model.gemma3n.audio;

import org.jspecify.annotations.NullMarked;
