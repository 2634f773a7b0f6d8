/**
 * Videos as a model sees them: a few frames, each with the time it is shown, and the sound beside
 * them.
 */
@NullMarked
package ai.pollux.content.video;

import org.jspecify.annotations.NullMarked;
