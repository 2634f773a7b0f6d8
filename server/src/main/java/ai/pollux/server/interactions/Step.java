package ai.pollux.server.interactions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One thing that was said or done, by its {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Step.UserInput.class, name = "user_input"),
  @JsonSubTypes.Type(value = Step.ModelOutput.class, name = "model_output"),
  @JsonSubTypes.Type(value = Step.Thought.class, name = "thought"),
  @JsonSubTypes.Type(value = Step.FunctionCall.class, name = "function_call"),
  @JsonSubTypes.Type(value = Step.FunctionResult.class, name = "function_result")
})
public sealed interface Step {
  /** The user says this. */
  record UserInput(List<Content> content) implements Step {
    public UserInput {
      content = copy(content);
    }
  }

  /** The model says this. */
  record ModelOutput(List<Content> content) implements Step {
    public ModelOutput {
      content = copy(content);
    }
  }

  /** The model thinks this. */
  record Thought(@Nullable String signature, List<Content> summary) implements Step {
    public Thought {
      summary = copy(summary);
    }
  }

  /** The model asks for a function; {@code arguments} is an object. */
  record FunctionCall(@Nullable String id, @Nullable String name, @Nullable JsonNode arguments)
      implements Step {}

  /**
   * What a function gave.
   *
   * @param callId the {@link FunctionCall#id} that it answers
   * @param result text, an object, or a list of contents
   */
  record FunctionResult(
      @Nullable String callId,
      @Nullable String name,
      @Nullable JsonNode result,
      @Nullable Boolean isError)
      implements Step {}

  /** The text of contents. */
  static String text(List<Content> contents) {
    return contents.stream()
        .map(content -> content.text() == null ? "" : content.text())
        .collect(Collectors.joining());
  }

  private static List<Content> copy(@Nullable List<Content> contents) {
    return contents == null ? List.of() : List.copyOf(contents);
  }
}
