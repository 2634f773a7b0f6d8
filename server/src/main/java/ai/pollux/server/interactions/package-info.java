/**
 * The Interactions API's messages as records, and how they map to content. Nothing here knows HTTP.
 *
 * <p>Names are those of the API, written in camelCase; a component that may be absent is
 * {@code @Nullable}. The JSON is that of {@link ai.pollux.server.openai.OpenAiJson}: snake_case,
 * unknown members read over.
 */
@NullMarked
package ai.pollux.server.interactions;

import org.jspecify.annotations.NullMarked;
