package ai.pollux.junit;

import com.google.genai.Client;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What clients find around them, as it was before. */
record Surroundings(Map<String, Optional<String>> properties) {
  private static final String GOOGLE_SDK = "com.google.genai.Client";

  /** Leads clients to a server. */
  static Surroundings set(PolluxServer server) {
    Map<String, Optional<String>> before = new HashMap<>();
    server
        .environment()
        .forEach((name, value) ->
            before.put(name, Optional.ofNullable(System.setProperty(name, value))));
    if (hasGoogleSdk()) {
      GoogleSdk.leadTo(Optional.of(server.url().toString()));
    }
    return new Surroundings(Map.copyOf(before));
  }

  /** The SDK tells nobody where it leads: it goes back to where the property does, or to Google. */
  void restore() {
    properties.forEach((name, value) ->
        value.ifPresentOrElse(
            old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    if (hasGoogleSdk()) {
      GoogleSdk.leadTo(Optional.ofNullable(System.getProperty("GOOGLE_GEMINI_BASE_URL")));
    }
  }

  private static boolean hasGoogleSdk() {
    try {
      Class.forName(GOOGLE_SDK, false, Surroundings.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Loaded only where the SDK is there. */
  private static final class GoogleSdk {
    private GoogleSdk() {}

    static void leadTo(Optional<String> url) {
      Client.setDefaultBaseUrls(url, url);
    }
  }
}
