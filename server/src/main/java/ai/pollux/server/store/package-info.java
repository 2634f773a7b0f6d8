/** What the server keeps on disk: files that people uploaded, for as long as the API promises. */
@NullMarked
package ai.pollux.server.store;

import org.jspecify.annotations.NullMarked;
