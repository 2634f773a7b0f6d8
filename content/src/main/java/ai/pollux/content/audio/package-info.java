/**
 * Sounds as a model hears them: mono samples at 16 kHz out of any file, and of these the frames
 * that each family's encoder reads.
 */
@NullMarked
package ai.pollux.content.audio;

import org.jspecify.annotations.NullMarked;
