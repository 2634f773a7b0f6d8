/** The whole world: all tasks, and the sources that some of them need. */
@NullMarked
package ai.pollux.train.data.world.standard;

import org.jspecify.annotations.NullMarked;
