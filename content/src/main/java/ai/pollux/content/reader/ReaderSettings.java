package ai.pollux.content.reader;

import java.time.Duration;

/**
 * What a reading process may take, and how long it is kept.
 *
 * @param heapMegabytes of Java's objects
 * @param addressMegabytes of all memory, native code's too; kept where {@code /bin/sh} can limit it
 * @param files that a process reads before another takes its place
 * @param idle how long a process waits for the next file before it is ended, which frees what it
 *     grew to: up to some hundred MB
 */
record ReaderSettings(int heapMegabytes, int addressMegabytes, int files, Duration idle) {
  /**
   * Of the addresses a JVM with this heap reserves 1 GB. The rest is for a file of 2 GB, or for the
   * frames of an 8K video.
   */
  static ReaderSettings standard() {
    return new ReaderSettings(512, 4096, 500, Duration.ofMinutes(5));
  }
}
