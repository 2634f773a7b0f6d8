package ai.pollux.server.telemetry;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request from its arrival to its end. Belongs to the thread that handles it; only {@link
 * #cancel} may come from another one.
 */
public final class Exchange {
  /** The most that is shown of what was written: media are long. */
  private static final int MOST_CONTENT = 1 << 16;

  private final Call call;
  private final boolean keepsContent;
  private final Spans spans;
  private final long startNanos = System.nanoTime();
  private final AtomicReference<@Nullable Generating> generating = new AtomicReference<>();
  private final StringBuilder asked = new StringBuilder();
  private final StringBuilder said = new StringBuilder();
  private String failure = "";
  private volatile boolean isCancelled;

  Exchange(Call call, boolean keepsContent, Spans spans) {
    this.call = call;
    this.keepsContent = keepsContent;
    this.spans = spans;
  }

  /**
   * Starts an answer that is counted, traced and cancelled as this request's.
   *
   * @param askedModel as the client calls the model
   * @throws RuntimeException as {@link Assistant#answer} has it
   */
  public Answer answer(String askedModel, Assistant assistant, AnswerRequest request) {
    spans.generates(askedModel, assistant.name(), request);
    Answer answer = assistant.answer(request);
    generating.set(new Generating(askedModel, assistant.name(), request, answer));
    if (isCancelled) { // Just before, when there was nothing to end yet.
      answer.close();
    }
    return answer;
  }

  /** Notes an error that the client gets, by its canonical code. The first one stays. */
  public void failed(String code) {
    if (failure.isEmpty()) {
      failure = code;
    }
  }

  /** Notes what the client wrote, where that is to be shown. */
  public void asked(byte[] body) {
    if (keepsContent) {
      add(asked, new String(body, StandardCharsets.UTF_8));
    }
  }

  /** Notes a message that the client gets, where that is to be shown. */
  public void said(Supplier<String> message) {
    if (keepsContent) {
      add(said, message.get());
    }
  }

  private static void add(StringBuilder content, String more) {
    content.append(more, 0, Math.min(more.length(), MOST_CONTENT - content.length()));
  }

  /** Ends what the model still does for it; the client gets what there is. */
  public void cancel() {
    isCancelled = true;
    generation().ifPresent(each -> each.answer().close());
  }

  /** What was known when it came. */
  public Call call() {
    return call;
  }

  Optional<Generating> generation() {
    return Optional.ofNullable(generating.get());
  }

  Spans spans() {
    return spans;
  }

  String failure() {
    return failure;
  }

  String askedContent() {
    return asked.toString();
  }

  String saidContent() {
    return said.toString();
  }

  long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }
}
