package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.TokenScore;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.ChatCompletion.Choice;
import ai.pollux.server.openai.ChatCompletion.Logprobs;
import ai.pollux.server.openai.ChatCompletion.Message;
import ai.pollux.server.openai.ChatCompletion.TokenCounts;
import ai.pollux.server.openai.ChatCompletion.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answers to one chat request, whole or as a stream. */
public final class ChatAnswer {
  private final ChatRequest request;
  private final String model;
  private final long created;
  private final Supplier<String> ids;
  private final String id;

  /**
   * For one request.
   *
   * @param model the name of who answers
   * @param created seconds since 1970
   * @param ids gives another text with every call
   */
  public ChatAnswer(ChatRequest request, String model, long created, Supplier<String> ids) {
    this.request = request;
    this.model = model;
    this.created = created;
    this.ids = ids;
    id = "chatcmpl-" + ids.get();
  }

  /** All that was said, in one message. */
  public ChatCompletion completion(List<AnswerEvent> events, Usage usage) {
    int candidates = 1 + events.stream().mapToInt(AnswerEvent::candidate).max().orElse(0);
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      int index = i;
      choices.add(
          choice(index, events.stream().filter(event -> event.candidate() == index).toList()));
    }
    return new ChatCompletion(
        id, "chat.completion", created, model, choices, TokenCounts.of(usage));
  }

  /** The same, bit by bit. */
  public AnswerStream stream() {
    return new ChatStream(this, request);
  }

  private Choice choice(int index, List<AnswerEvent> events) {
    List<Part> parts = new ArrayList<>();
    List<TokenScore> scores = new ArrayList<>();
    ChatVoice voice = voice();
    AnswerEvent.EndReason reason = AnswerEvent.EndReason.CANCELLED;
    for (AnswerEvent event : events) {
      switch (event) {
        case AnswerEvent.Said more -> {
          parts.addAll(more.parts());
          scores.addAll(more.scores());
        }
        case AnswerEvent.Ended end -> reason = end.reason();
      }
    }
    ChatVoice.Said said = voice.say(parts);
    String text = said.text() + voice.end();
    List<ToolCall> calls =
        said.calls().stream()
            .map(call -> new ToolCall(null, call.id(), call.type(), call.function()))
            .toList();
    boolean isLegacy = request.isLegacy();
    return new Choice(
        index,
        new Message(
            "assistant",
            text.isEmpty() && !calls.isEmpty() ? null : text,
            null,
            said.thoughts().isEmpty() ? null : said.thoughts(),
            calls.isEmpty() || isLegacy ? null : calls,
            calls.isEmpty() || !isLegacy ? null : calls.getFirst().function()),
        null,
        logprobs(scores),
        finish(reason, voice));
  }

  /** A new candidate. */
  ChatVoice voice() {
    Google google = request.extensions();
    return new ChatVoice(
        google.includesThoughts(),
        google.tag(),
        request.isLegacy() || Boolean.FALSE.equals(request.parallelToolCalls()),
        ids);
  }

  /** A chunk. */
  ChatCompletion chunk(List<Choice> choices, @Nullable TokenCounts usage) {
    return new ChatCompletion(id, "chat.completion.chunk", created, model, choices, usage);
  }

  /** Log-probabilities, where they were asked for. */
  @Nullable Logprobs logprobs(List<TokenScore> scores) {
    return Boolean.TRUE.equals(request.logprobs()) && !scores.isEmpty()
        ? new Logprobs(TokenLogprob.of(scores))
        : null;
  }

  /**
   * Why it ended.
   *
   * @throws ApiException UNAVAILABLE where the model was closed in the middle
   */
  String finish(AnswerEvent.EndReason reason, ChatVoice voice) {
    return switch (reason) {
      case STOP, MALFORMED_CALL ->
          !voice.hasCalled() ? "stop" : request.isLegacy() ? "function_call" : "tool_calls";
      case MAX_TOKENS -> "length";
      case CANCELLED -> throw cutOff();
    };
  }

  /** The model was closed while it answered. */
  static ApiException cutOff() {
    return new ApiException(
        ApiException.Status.UNAVAILABLE, "The model was closed before its answer was whole.");
  }
}
