/**
 * Chat templates: a conversation as the one text that a model was trained to continue, and the
 * model's text back into parts.
 */
@NullMarked
package ai.pollux.content.template;

import org.jspecify.annotations.NullMarked;
