package ai.pollux.assistant.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a hub is reached.
 *
 * @param endpoint the hub, or a mirror of it
 * @param token what opens gated models; sent to the endpoint only
 * @param isOffline whether nothing may be fetched
 * @param attempts how often in a row a request may fail before the download does
 * @param firstPause how long to wait after the first failure; doubled after each further one
 * @param stall how long a connection may bring nothing
 * @param connections how many parts of a file are fetched at a time
 * @param partBytes how large such a part is
 */
public record HubSettings(
    URI endpoint,
    Optional<String> token,
    boolean isOffline,
    int attempts,
    Duration firstPause,
    Duration stall,
    int connections,
    int partBytes) {
  private static final URI HUGGING_FACE = URI.create("https://huggingface.co");
  private static final Set<String> YES = Set.of("1", "true", "yes", "on");

  /**
   * As Hugging Face's own client reads them: {@code HF_ENDPOINT}, {@code HF_TOKEN} (or the file
   * that its login writes), {@code HF_HUB_OFFLINE}.
   */
  public static HubSettings of(Map<String, String> environment, Path home) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
    return of(
        endpoint.isEmpty() ? HUGGING_FACE : endpoint(endpoint),
        token(environment, home),
        YES.contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toLowerCase(Locale.ROOT)));
  }

  /** With the usual patience. */
  static HubSettings of(URI endpoint, Optional<String> token, boolean isOffline) {
    return new HubSettings(
        endpoint, token, isOffline, 6, Duration.ofSeconds(1), Duration.ofSeconds(30), 4, 16 << 20);
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text.replaceFirst("/+$", ""));
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw new StoreException(
        "HF_ENDPOINT: expected an address like https://huggingface.co, found \"%s\""
            .formatted(text));
  }

  private static Optional<String> token(Map<String, String> environment, Path home) {
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    if (!token.isEmpty()) {
      return Optional.of(token);
    }
    String hubHome = environment.getOrDefault("HF_HOME", "");
    Path folder = hubHome.isEmpty() ? home.resolve(".cache/huggingface") : Path.of(hubHome);
    String named = environment.getOrDefault("HF_TOKEN_PATH", "");
    Path file = named.isEmpty() ? folder.resolve("token") : Path.of(named);
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // As without a token: the hub will say if one is needed.
    }
  }
}
