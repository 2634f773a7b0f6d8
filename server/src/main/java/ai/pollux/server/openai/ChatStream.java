package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.ChatCompletion.Choice;
import ai.pollux.server.openai.ChatCompletion.Delta;
import ai.pollux.server.openai.ChatCompletion.Logprobs;
import ai.pollux.server.openai.ChatCompletion.TokenCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chat completions bit by bit: the role, what is said, why it ended, {@code [DONE]}. */
final class ChatStream implements AnswerStream {
  private static final Delta NOTHING = new Delta(null, null, null, null, null);

  private final ChatAnswer answer;
  private final ChatRequest request;
  private final Map<Integer, ChatVoice> voices = new HashMap<>();

  ChatStream(ChatAnswer answer, ChatRequest request) {
    this.answer = answer;
    this.request = request;
  }

  @Override
  public List<Message> begin() {
    return List.of();
  }

  @Override
  public List<Message> push(AnswerEvent event) {
    List<Message> messages = new ArrayList<>();
    int index = event.candidate();
    if (!voices.containsKey(index)) {
      messages.add(delta(index, new Delta("assistant", "", null, null, null), null, null));
    }
    ChatVoice voice = voices.computeIfAbsent(index, _ -> answer.voice());
    switch (event) {
      case AnswerEvent.Said more -> {
        ChatVoice.Said said = voice.say(more.parts());
        Logprobs logprobs = answer.logprobs(more.scores());
        if (!said.isEmpty() || logprobs != null) {
          messages.add(delta(index, delta(said), logprobs, null));
        }
      }
      case AnswerEvent.Ended end -> {
        String rest = voice.end();
        if (!rest.isEmpty()) {
          messages.add(delta(index, new Delta(null, rest, null, null, null), null, null));
        }
        messages.add(delta(index, NOTHING, null, answer.finish(end.reason(), voice)));
      }
    }
    return messages;
  }

  @Override
  public List<Message> end(Usage usage) {
    List<Message> messages = new ArrayList<>();
    if (request.streamOptions() != null
        && Boolean.TRUE.equals(request.streamOptions().includeUsage())) {
      messages.add(message(answer.chunk(List.of(), TokenCounts.of(usage))));
    }
    messages.add(new Message("", "[DONE]"));
    return messages;
  }

  @Override
  public List<Message> fail(ApiException error) {
    return List.of(message(OpenAiError.of(error)));
  }

  private Delta delta(ChatVoice.Said said) {
    boolean hasCalls = !said.calls().isEmpty();
    boolean isLegacy = request.isLegacy();
    return new Delta(
        null,
        said.text().isEmpty() ? null : said.text(),
        said.thoughts().isEmpty() ? null : said.thoughts(),
        hasCalls && !isLegacy ? said.calls() : null,
        hasCalls && isLegacy ? said.calls().getFirst().function() : null);
  }

  private Message delta(
      int index, Delta delta, @Nullable Logprobs logprobs, @Nullable String reason) {
    return message(answer.chunk(List.of(new Choice(index, null, delta, logprobs, reason)), null));
  }

  private static Message message(Object data) {
    return new Message("", OpenAiJson.write(data));
  }
}
