package ai.pollux.langchain4j;

import ai.pollux.assistant.Answer;
import ai.pollux.library.Pollux;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Set;

/** A model in process as a {@link ChatModel}. The caller closes the {@link Pollux}. */
public final class PolluxChatModel implements ChatModel {
  private final Pollux pollux;
  private final ChatRequestParameters parameters;

  /** Picks tokens as the model's files say. */
  public PolluxChatModel(Pollux pollux) {
    this(pollux, ChatRequestParameters.builder().build());
  }

  /** Picks tokens as {@code parameters} say, where a request says nothing. */
  public PolluxChatModel(Pollux pollux, ChatRequestParameters parameters) {
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
  public ChatResponse doChat(ChatRequest request) {
    try (Answer answer =
        pollux
            .assistant()
            .answer(RequestMapping.answer(request, pollux.assistant().defaultSampling()))) {
      ResponseMapping response = new ResponseMapping(pollux.name());
      while (answer.hasNext()) {
        response.read(answer.next());
      }
      return response.response(answer.usage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LangChain4jException("interrupted while the model answered", e);
    }
  }
}
