/** Tasks about pictures with writing: text, charts, tables, clocks, handwriting. */
@NullMarked
package ai.pollux.train.data.world.picture;

import org.jspecify.annotations.NullMarked;
