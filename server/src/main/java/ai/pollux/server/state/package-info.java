/**
 * What the server remembers: keys, quotas, logs, caches and batches, in SQLite (one file) or
 * PostgreSQL. Knows nothing of HTTP or of the API's messages; several servers may share one
 * database.
 */
@NullMarked
package ai.pollux.server.state;

import org.jspecify.annotations.NullMarked;
