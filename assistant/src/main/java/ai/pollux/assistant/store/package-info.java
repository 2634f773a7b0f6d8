/**
 * Models on disk: fetched from a hub that speaks Hugging Face's protocol, kept by the hash of their
 * content, shared by processes. Knows nothing of what a model is but the names of its files.
 */
@NullMarked
package ai.pollux.assistant.store;

import org.jspecify.annotations.NullMarked;
