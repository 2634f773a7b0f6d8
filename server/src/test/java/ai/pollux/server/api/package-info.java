/** The API over the wire, as any HTTP client sees it: a real server, a real model. */
@NullMarked
package ai.pollux.server.api;

import org.jspecify.annotations.NullMarked;
