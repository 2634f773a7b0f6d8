/** Tasks about moving pictures: four to six frames of 48 x 48. */
@NullMarked
package ai.pollux.train.data.world.film;

import org.jspecify.annotations.NullMarked;
