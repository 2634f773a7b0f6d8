package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pollux.junit.PolluxServer;
import ai.pollux.junit.PolluxTest;
import com.google.genai.Client;
import com.google.genai.errors.ServerException;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No network, no key, no mock: Google's SDK against a real server with a small model. */
@PolluxTest
final class SummarizerTest {
  private static Client client;

  @BeforeAll
  static void connect() {
    // @PolluxTest leads it to the server. Summarizer does its own tries, so the SDK is to do none.
    HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).build();
    client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().retryOptions(once).build())
            .build();
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  private static String summarize(String text) throws InterruptedException {
    return new Summarizer(client, Duration.ofMillis(10)).summarize(text);
  }

  @Test
  void aRealModelAnswersTheSameEachTime() throws InterruptedException {
    String summary = summarize("The cat sat on the mat.");
    assertFalse(summary.isBlank());
    assertEquals(summary, summarize("The cat sat on the mat."));
  }

  @Test
  void sendsTheText(PolluxServer server) throws InterruptedException {
    server.answers("A cat sat.");
    assertEquals("A cat sat.", summarize("The cat sat on the mat."));
    assertEquals("Summarize: The cat sat on the mat.", server.lastRequest().prompt());
  }

  @Test
  void triesAgainWhenGeminiIsBusy(PolluxServer server) throws InterruptedException {
    server.next(1).tooManyRequests(Duration.ofSeconds(1));
    server.next(1).unavailable();
    server.answers("A cat sat.");
    assertEquals("A cat sat.", summarize("The cat sat on the mat."));
    assertEquals(3, server.requests().size());
  }

  @Test
  void givesUpAfterThreeTries(PolluxServer server) {
    server.always().unavailable();
    assertThrows(ServerException.class, () -> summarize("The cat sat on the mat."));
    assertEquals(3, server.requests().size());
  }

  @Test
  void showsNothingThatWasBlocked(PolluxServer server) throws InterruptedException {
    server.when("weapon").blocksPrompt();
    server.when("fight").stopsForSafety("They");
    assertEquals("(not shown)", summarize("About a weapon."));
    assertEquals("(not shown)", summarize("About a fight."));
    assertTrue(server.requests().stream().allMatch(request -> request.generates()));
  }
}
