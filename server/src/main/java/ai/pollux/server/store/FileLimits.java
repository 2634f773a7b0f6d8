package ai.pollux.server.store;

import java.time.Duration;

/**
 * What a {@link FileStore} takes.
 *
 * @param fileBytes the longest file
 * @param totalBytes all files together
 * @param lifetime how long a file is kept
 */
public record FileLimits(long fileBytes, long totalBytes, Duration lifetime) {
  /** Google's: 2 GB a file, 20 GB in all, 48 hours. */
  public static final FileLimits STANDARD =
      new FileLimits(2_000_000_000L, 20_000_000_000L, Duration.ofDays(2));
}
