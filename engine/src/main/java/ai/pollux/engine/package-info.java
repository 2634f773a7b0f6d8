/**
 * Token ids in, token ids out: many requests share the steps of one model. Never sees text, JSON or
 * HTTP.
 *
 * <p>{@link ai.pollux.engine.Engine#submit} puts a request in the queue. One thread runs steps: the
 * {@code schedule} package picks the rows of a step (integers only), the {@code cache} package says
 * which pages their keys and values are in (integers only), the model computes scores, the {@code
 * sample} package picks tokens.
 *
 * <p>What a request gets depends on the request alone: not on what else runs, on how its prompt was
 * cut into steps, or on what was found in the cache.
 */
@NullMarked
package ai.pollux.engine;

import org.jspecify.annotations.NullMarked;
