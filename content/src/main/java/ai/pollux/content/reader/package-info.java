/**
 * Files of other people, read in processes of their own. Decoders are native code or take all the
 * memory there is; a file that ends one of them ends a process that holds nothing else. Only
 * pixels, samples and texts come back, through a pipe, and their sizes are checked.
 *
 * <p>{@code ReaderPool} keeps processes warm; {@code ReaderMain} is what runs in them, and reads by
 * {@code image}, {@code audio}, {@code video} and {@code document}.
 */
@NullMarked
package ai.pollux.content.reader;

import org.jspecify.annotations.NullMarked;
