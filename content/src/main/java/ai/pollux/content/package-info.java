/**
 * What people send: parts, turns, conversations, declared tools, and JSON as an immutable value.
 */
@NullMarked
package ai.pollux.content;

import org.jspecify.annotations.NullMarked;
