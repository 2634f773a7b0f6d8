/**
 * Files of weights: safetensors, GGUF and llama2.c's, memory-mapped; and a writer of GGUF.
 *
 * <p>{@link Checkpoints#open} finds out what a path holds and returns a {@link Checkpoint}: named
 * {@link Entry entries} and {@link Metadata}. Nothing is read before it is asked for. A checkpoint
 * owns its mapping; every segment it hands out is valid until it is closed.
 *
 * <p>Files are not trusted. Every count, length and offset is checked against the file's size
 * before it is used, and nothing is allocated by a number that only the file claims. Whatever is
 * wrong is a {@link CheckpointException}.
 */
@NullMarked
package ai.pollux.model.checkpoint;

import org.jspecify.annotations.NullMarked;
