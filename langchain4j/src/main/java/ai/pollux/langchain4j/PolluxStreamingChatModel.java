package ai.pollux.langchain4j;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.content.Part;
import ai.pollux.library.Pollux;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.Set;

/**
 * A model in process as a {@link StreamingChatModel}: each answer on a virtual thread of its own.
 * The caller closes the {@link Pollux}.
 */
public final class PolluxStreamingChatModel implements StreamingChatModel {
  private final Pollux pollux;
  private final ChatRequestParameters parameters;

  /** Picks tokens as the model's files say. */
  public PolluxStreamingChatModel(Pollux pollux) {
    this(pollux, ChatRequestParameters.builder().build());
  }

  /** Picks tokens as {@code parameters} say, where a request says nothing. */
  public PolluxStreamingChatModel(Pollux pollux, ChatRequestParameters parameters) {
    this.pollux = pollux;
    this.parameters = parameters;
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return parameters;
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Thread.ofVirtual().name("pollux-langchain4j").start(() -> answer(request, handler));
  }

  private void answer(ChatRequest request, StreamingChatResponseHandler handler) {
    try (Answer answer =
        pollux
            .assistant()
            .answer(RequestMapping.answer(request, pollux.assistant().defaultSampling()))) {
      Handle handle = new Handle(answer);
      ResponseMapping response = new ResponseMapping(pollux.name());
      while (answer.hasNext()) {
        AnswerEvent event = answer.next();
        response.read(event);
        if (event instanceof AnswerEvent.Said said) {
          said.parts().forEach(part -> tell(part, response.calls() - 1, handle, handler));
        }
      }
      if (!handle.isCancelled()) {
        handler.onCompleteResponse(response.response(answer.usage()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      handler.onError(e);
    } catch (RuntimeException e) {
      handler.onError(e);
    }
  }

  private static void tell(
      Part part, int index, Handle handle, StreamingChatResponseHandler handler) {
    switch (part) {
      case Part.Text(String text) ->
          handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(handle));
      case Part.Thought(String text) -> handler.onPartialThinking(new PartialThinking(text));
      case Part.ToolCall call ->
          handler.onCompleteToolCall(new CompleteToolCall(index, ResponseMapping.request(call)));
      case Part.Image _,
          Part.Audio _,
          Part.Video _,
          Part.Document _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          throw ResponseMapping.neverWritten(part);
    }
  }

  /** Ends an answer early. */
  private static final class Handle implements StreamingHandle {
    private final Answer answer;
    private volatile boolean isCancelled;

    Handle(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void cancel() {
      isCancelled = true;
      answer.close();
    }

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }
  }
}
