/**
 * The Live API: a conversation over one open connection. Messages as records, what a session does
 * with them, and the tokens that let browsers open one. Nothing here knows WebSocket or HTTP.
 *
 * <p>Names are those of the API; a component that may be absent is {@code @Nullable}.
 */
@NullMarked
package ai.pollux.server.live;

import org.jspecify.annotations.NullMarked;
