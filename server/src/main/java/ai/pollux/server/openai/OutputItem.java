package ai.pollux.server.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** A piece of a response's output. */
@JsonPropertyOrder("type")
public sealed interface OutputItem {
  /** Its id. */
  String id();

  /** What it is. */
  @JsonProperty
  String type();

  /** Text for the user. */
  record Message(String id, String status, String role, List<Text> content) implements OutputItem {
    public Message {
      content = List.copyOf(content);
    }

    @Override
    public String type() {
      return "message";
    }
  }

  /** The text of a message. */
  record Text(String type, String text, List<Object> annotations, List<TokenLogprob> logprobs) {
    static Text of(String text, List<TokenLogprob> logprobs) {
      return new Text("output_text", text, List.of(), logprobs);
    }
  }

  /** A call; {@code arguments} is a text of JSON. */
  record FunctionCall(String id, String status, String callId, String name, String arguments)
      implements OutputItem {
    @Override
    public String type() {
      return "function_call";
    }
  }

  /** Thinking that is shown. */
  record Reasoning(String id, String status, List<Summary> summary) implements OutputItem {
    public Reasoning {
      summary = List.copyOf(summary);
    }

    @Override
    public String type() {
      return "reasoning";
    }
  }

  /** The text of thinking. */
  record Summary(String type, String text) {
    static Summary of(String text) {
      return new Summary("summary_text", text);
    }
  }
}
