/** Samples as tokens, with what is to be learned and what encoders read: as serving has them. */
@NullMarked
package ai.pollux.train.data.encode;

import org.jspecify.annotations.NullMarked;
