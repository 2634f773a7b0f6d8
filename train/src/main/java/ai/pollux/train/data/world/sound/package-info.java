/** Tasks about sounds: tones, rhythms, spoken digits. All are at 16 kHz. */
@NullMarked
package ai.pollux.train.data.world.sound;

import org.jspecify.annotations.NullMarked;
