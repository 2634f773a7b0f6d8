/**
 * Rewrites checkpoints: a Hugging Face folder as GGUF, a GGUF with its matrices in another format,
 * a folder with its tensors in another type. Tensors stream from the source's mapping to the file,
 * a few megabytes at a time.
 */
@NullMarked
package ai.pollux.model.convert;

import org.jspecify.annotations.NullMarked;
