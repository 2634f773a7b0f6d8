/**
 * What the server speaks, as data: each part of the API lists its endpoints, from which come the
 * OpenAPI document and the names of requests in metrics, logs and traces.
 */
@NullMarked
package ai.pollux.server.openapi;

import org.jspecify.annotations.NullMarked;
