/** Problems as files that a client can send. */
@NullMarked
package ai.pollux.train.data.world.export;

import org.jspecify.annotations.NullMarked;
