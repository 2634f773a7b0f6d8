/**
 * What conversations show and let hear, as a model's encoders read it: joins the front ends of
 * {@code content} with the inputs of {@code model}.
 */
@NullMarked
package ai.pollux.assistant.media;

import org.jspecify.annotations.NullMarked;
