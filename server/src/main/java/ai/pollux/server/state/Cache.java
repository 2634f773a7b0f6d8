package ai.pollux.server.state;

import java.time.Instant;

/**
 * The beginning of prompts, kept under a name.
 *
 * @param content JSON of the request's beginning
 * @param tokens how many it has
 */
public record Cache(
    String id,
    String project,
    String model,
    String displayName,
    String content,
    long tokens,
    Instant created,
    Instant updated,
    Instant expires) {}
