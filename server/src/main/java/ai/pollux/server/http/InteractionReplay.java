package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.interactions.Interaction;
import ai.pollux.server.interactions.InteractionEvents;
import ai.pollux.server.interactions.Steps;
import ai.pollux.server.openai.AnswerStream.Message;
import ai.pollux.server.state.StoredInteraction;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a kept interaction as events; waits for the end of one that is not answered yet, whose
 * steps are known then.
 */
final class InteractionReplay {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int QUIET_ROUNDS = 50;

  /** Read over by clients; a client that went away is noticed by it. */
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  private final KeptInteractions kept;
  private final Caller caller;
  private final boolean includesInput;

  InteractionReplay(KeptInteractions kept, Caller caller, boolean includesInput) {
    this.kept = kept;
    this.caller = caller;
    this.includesInput = includesInput;
  }

  /** As the API tells of it. */
  static Interaction describe(StoredInteraction stored, boolean includesInput) {
    Interaction told = KeptInteractions.describe(stored);
    return includesInput ? told.after(Steps.parse(stored.input())) : told;
  }

  /**
   * Sends what came after an event.
   *
   * @param after its id; empty for all
   * @throws ApiException NOT_FOUND; INVALID_ARGUMENT if there is no such event
   */
  void send(String id, String after, ServerResponse response) throws InterruptedException {
    InteractionEvents events = InteractionEvents.after(after);
    StoredInteraction stored = kept.find(id, caller);
    try (OutputStream out = AnswerReplies.open(response)) {
      int quiet = 0;
      while (!stored.status().isFinal()) {
        List<Message> news = events.advance(describe(stored, includesInput));
        AnswerReplies.send(out, news);
        quiet = news.isEmpty() ? quiet + 1 : 0;
        if (quiet == QUIET_ROUNDS) {
          quiet = 0;
          out.write(COMMENT);
          out.flush();
        }
        Thread.sleep(EVERY);
        stored = kept.find(id, caller);
      }
      List<Message> rest = new ArrayList<>(events.advance(describe(stored, includesInput)));
      rest.add(InteractionEvents.DONE);
      AnswerReplies.send(out, rest);
    } catch (IOException | ApiException e) {
      // The client went away, or another one deleted it: there is nothing more to tell.
      throw new CloseConnectionException("the stream has no end", e);
    }
  }
}
