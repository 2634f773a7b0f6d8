package ai.pollux.langchain4j;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Part;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/** One answer as it is written, as a message at its end. */
final class ResponseMapping {
  private final String model;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final List<ToolExecutionRequest> calls = new ArrayList<>();
  private EndReason end = EndReason.CANCELLED;

  ResponseMapping(String model) {
    this.model = model;
  }

  void read(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Said said -> said.parts().forEach(this::add);
      case AnswerEvent.Ended ended -> end = ended.reason();
    }
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text(String more) -> text.append(more);
      case Part.Thought(String more) -> thoughts.append(more);
      case Part.ToolCall call -> calls.add(request(call));
      case Part.Image _,
          Part.Audio _,
          Part.Video _,
          Part.Document _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          throw neverWritten(part);
    }
  }

  /** How many calls were written so far. */
  int calls() {
    return calls.size();
  }

  static ToolExecutionRequest request(Part.ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments().toString())
        .build();
  }

  static IllegalStateException neverWritten(Part part) {
    return new IllegalStateException("a model writes text, thoughts and calls, found " + part);
  }

  ChatResponse response(Usage usage) {
    AiMessage.Builder message = AiMessage.builder().toolExecutionRequests(calls);
    if (!text.isEmpty() || calls.isEmpty()) {
      message.text(text.toString());
    }
    if (!thoughts.isEmpty()) {
      message.thinking(thoughts.toString());
    }
    return ChatResponse.builder()
        .aiMessage(message.build())
        .modelName(model)
        .finishReason(finishReason())
        .tokenUsage(
            new TokenUsage(usage.prompt().total(), usage.answerTokens() + usage.thoughtTokens()))
        .build();
  }

  private FinishReason finishReason() {
    return switch (end) {
      case STOP -> calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
      case MAX_TOKENS -> FinishReason.LENGTH;
      case MALFORMED_CALL, CANCELLED -> FinishReason.OTHER;
    };
  }
}
