package com.example;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentResponse;
import java.time.Duration;

/** Somebody's program that uses Gemini, and has to do with what can go wrong there. */
public final class Summarizer {
  private static final int MOST_TRIES = 3;

  private final Client client;
  private final Duration pause;

  public Summarizer(Client client, Duration pause) {
    this.client = client;
    this.pause = pause;
  }

  /** One sentence; tries again where the service is busy. */
  public String summarize(String text) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        GenerateContentResponse response =
            client.models.generateContent("gemini-2.5-flash", "Summarize: " + text, null);
        boolean isBlocked =
            response.candidates().isEmpty()
                || response.finishReason().knownEnum() == FinishReason.Known.SAFETY;
        return isBlocked ? "(not shown)" : response.text();
      } catch (ApiException e) {
        boolean isBusy = e.code() == 429 || e.code() == 503;
        if (!isBusy || attempt == MOST_TRIES) {
          throw e;
        }
        Thread.sleep(pause);
      }
    }
  }
}
