/** Drawn scenes and claims about them. */
@NullMarked
package ai.pollux.train.data.world.scene;

import org.jspecify.annotations.NullMarked;
