/**
 * The Gemini API's messages as records, and how they map to content. Nothing here knows HTTP.
 *
 * <p>Names are those of the API (v1beta discovery document); a component that may be absent is
 * {@code @Nullable}. What Pollux accepts but does not look into stays a {@code JsonNode}.
 */
@NullMarked
package ai.pollux.server.gemini;

import org.jspecify.annotations.NullMarked;
