/**
 * The OpenAI API's messages as records, and how they map to content. Nothing here knows HTTP.
 *
 * <p>Names are those of the API, written in camelCase; a component that may be absent is
 * {@code @Nullable}. Unknown members are read over, as Google does: clients send many.
 */
@NullMarked
package ai.pollux.server.openai;

import org.jspecify.annotations.NullMarked;
