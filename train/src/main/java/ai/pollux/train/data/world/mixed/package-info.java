/** Tasks that need what is seen and what is heard together. */
@NullMarked
package ai.pollux.train.data.world.mixed;

import org.jspecify.annotations.NullMarked;
