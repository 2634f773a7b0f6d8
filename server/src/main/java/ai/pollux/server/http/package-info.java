/** HTTP around the API's messages: routes, keys, CORS, event streams, errors. */
@NullMarked
package ai.pollux.server.http;

import org.jspecify.annotations.NullMarked;
