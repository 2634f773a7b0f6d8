package ai.pollux.server.interactions;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.AnswerStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The answer to a request that is waited for; it is kept when it has ended. */
public final class InteractionAnswer implements AnswerStream {
  private final InteractionDraft draft;
  private final Consumer<Interaction> keeper;
  private final InteractionEvents events = new InteractionEvents();
  private boolean hasBegun;
  private boolean hasEnded;

  /**
   * For one request.
   *
   * @param keeper gets the whole of it, once
   */
  public InteractionAnswer(InteractionDraft draft, Consumer<Interaction> keeper) {
    this.draft = draft;
    this.keeper = keeper;
  }

  /** The whole interaction. */
  public Interaction whole(List<AnswerEvent> all, Usage usage) {
    all.forEach(draft::push);
    return keep(draft.whole(usage));
  }

  @Override
  public List<Message> begin() {
    hasBegun = true;
    return events.advance(draft.soFar());
  }

  @Override
  public List<Message> push(AnswerEvent event) {
    draft.push(event);
    return events.advance(draft.soFar());
  }

  @Override
  public List<Message> end(Usage usage) {
    return last(draft.whole(usage));
  }

  @Override
  public List<Message> fail(ApiException error) {
    return last(draft.failed(error));
  }

  /** Nobody listens any longer. What was told is kept. */
  public void abandon() {
    if (hasBegun && !hasEnded) {
      keep(draft.cancelled());
    }
  }

  private List<Message> last(Interaction whole) {
    List<Message> messages = new ArrayList<>(events.advance(keep(whole)));
    messages.add(InteractionEvents.DONE);
    return messages;
  }

  private Interaction keep(Interaction whole) {
    hasEnded = true;
    keeper.accept(whole);
    return whole;
  }
}
