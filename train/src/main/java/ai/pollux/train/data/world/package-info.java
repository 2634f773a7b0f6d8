/**
 * A made world: questions with exact answers about pictures, sounds, films and text, as many as one
 * likes. {@code ai.pollux.train.data.world.standard.StandardWorld} has all tasks.
 */
@NullMarked
package ai.pollux.train.data.world;

import org.jspecify.annotations.NullMarked;
