package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.ApiException;
import java.util.List;

/**
 * One answer as the messages of a stream: {@code begin}, any number of {@code push}, {@code end}.
 */
public interface AnswerStream {
  /**
   * A server-sent event.
   *
   * @param event its name; empty where it has none
   * @param data one line
   */
  record Message(String event, String data) {
    /** As it is sent. */
    public String text() {
      return (event.isEmpty() ? "" : "event: " + event + "\n") + "data: " + data + "\n\n";
    }
  }

  /** What comes before the first event. */
  List<Message> begin();

  /**
   * What an event adds.
   *
   * @throws ApiException UNAVAILABLE where the model was closed before its answer was whole
   */
  List<Message> push(AnswerEvent event);

  /** What comes after the last event. */
  List<Message> end(Usage usage);

  /** What comes in place of the rest when it fails. */
  List<Message> fail(ApiException error);
}
