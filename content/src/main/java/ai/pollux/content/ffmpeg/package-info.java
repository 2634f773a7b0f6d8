/**
 * Sound and moving pictures out of bytes in memory, by FFmpeg's libraries: no process, no temporary
 * file, no protocol, and only the containers and codecs listed in {@code Formats}. All native
 * memory is owned by the reader that a caller opened, and freed when it is closed.
 */
@NullMarked
package ai.pollux.content.ffmpeg;

import org.jspecify.annotations.NullMarked;
