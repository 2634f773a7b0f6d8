/**
 * What a server tells of itself: metrics, traces, a line per request. It sees requests and answers
 * as they are, never keys, and what people wrote only where that is asked for.
 */
@NullMarked
package ai.pollux.server.telemetry;

import org.jspecify.annotations.NullMarked;
