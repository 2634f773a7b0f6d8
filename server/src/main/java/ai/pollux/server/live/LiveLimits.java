package ai.pollux.server.live;

import java.time.Duration;

/**
 * What sessions may use.
 *
 * @param sessions open at once
 * @param messageBytes of one message of a client
 * @param messagesPerSecond of one client, on average
 * @param burst messages that a client may send at once after some quiet
 * @param conversationBytes of all that one session remembers
 * @param savedBytes of all conversations that may be resumed, together
 * @param untilSetup from the connection to the first message
 * @param idle from a client's last message to the end
 * @param longest of a whole connection
 * @param goAway how long before {@code longest} a client is told
 * @param stuck how long a client may leave a message unread
 * @param resumable how long a handle is good
 */
public record LiveLimits(
    int sessions,
    int messageBytes,
    int messagesPerSecond,
    int burst,
    long conversationBytes,
    long savedBytes,
    Duration untilSetup,
    Duration idle,
    Duration longest,
    Duration goAway,
    Duration stuck,
    Duration resumable) {
  /** Room for a conversation of an hour, sound sent twenty times as fast as it is spoken. */
  public static final LiveLimits STANDARD =
      new LiveLimits(
          64,
          16 << 20,
          1000,
          4000,
          64L << 20,
          256L << 20,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofHours(2));
}
