/** Files and folders as samples: text, JSON lines, Parquet, tar shards, IDX, pictures, sounds. */
@NullMarked
package ai.pollux.train.data.source;

import org.jspecify.annotations.NullMarked;
