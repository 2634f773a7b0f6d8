package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import java.time.Clock;
import java.util.function.Function;

/**
 * What all sessions share.
 *
 * @param errors what the API calls a failure
 */
public record LiveSetting(
    LiveModels models,
    Function<Throwable, ApiException> errors,
    AuthTokens tokens,
    LiveLimits limits,
    Clock clock) {}
