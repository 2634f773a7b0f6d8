/** Tasks that need words only. */
@NullMarked
package ai.pollux.train.data.world.text;

import org.jspecify.annotations.NullMarked;
