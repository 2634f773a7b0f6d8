package ai.pollux.server.telemetry;

import java.util.Map;

/**
 * What is known of a request when it comes.
 *
 * @param id by which it is found in logs, told to the client as {@code x-request-id}
 * @param operation what is asked; {@code other} where nothing of the kind is known
 * @param method of HTTP
 * @param path as it was sent, without the query: keys may stand there
 * @param trace headers of W3C trace context, by lower-case names
 */
public record Call(
    String id, String operation, String method, String path, Map<String, String> trace) {}
