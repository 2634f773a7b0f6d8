package ai.pollux.server.openai;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.server.gemini.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code tool_choice} comes to.
 *
 * @param shown the functions that the model is told of
 * @param shape what its answers are held to
 */
record ToolUse(List<ToolDeclaration> shown, AnswerShape shape) {
  private static final String PLACE = "tool_choice";

  ToolUse {
    shown = List.copyOf(shown);
  }

  /**
   * Reads {@code none}, {@code auto}, {@code required}, {@code validated} (calls keep to their
   * schemas, none is needed), a named function, or a list of allowed ones.
   *
   * @throws ApiException INVALID_ARGUMENT
   */
  static ToolUse of(List<ToolDeclaration> tools, @Nullable JsonNode choice) {
    if (choice == null || choice.isNull()) {
      return new ToolUse(tools, new AnswerShape.Free());
    }
    if (choice.isString()) {
      return of(tools, tools, choice.stringValue());
    }
    if (choice.path("type").asString("").equals("allowed_tools")) {
      JsonNode allowed =
          choice.path("allowed_tools").isObject() ? choice.path("allowed_tools") : choice;
      List<ToolDeclaration> callable = new ArrayList<>();
      allowed.path("tools").forEach(each -> callable.add(find(tools, name(each))));
      String mode = allowed.path("mode").asString("auto");
      return of(tools, callable, mode.equals("auto") ? "validated" : mode);
    }
    return of(tools, List.of(find(tools, name(choice))), "required");
  }

  private static ToolUse of(
      List<ToolDeclaration> tools, List<ToolDeclaration> callable, String mode) {
    return switch (mode) {
      case "none" -> new ToolUse(List.of(), new AnswerShape.Free());
      case "auto" -> new ToolUse(tools, new AnswerShape.Free());
      case "required", "any" -> {
        if (callable.isEmpty()) {
          throw ApiException.invalid(PLACE, "tool_choice \"required\" needs tools.");
        }
        yield new ToolUse(tools, new AnswerShape.Calls(callable, true));
      }
      case "validated" ->
          new ToolUse(
              tools,
              callable.isEmpty() ? new AnswerShape.Free() : new AnswerShape.Calls(callable, false));
      default ->
          throw ApiException.invalid(
              PLACE,
              "tool_choice: expected none, auto, required, validated or a function, found \"%s\"."
                  .formatted(mode));
    };
  }

  /** Chat completions put it in {@code function}, responses beside the type. */
  private static String name(JsonNode tool) {
    return tool.path("function").path("name").asString(tool.path("name").asString(""));
  }

  private static ToolDeclaration find(List<ToolDeclaration> tools, String name) {
    return tools.stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ApiException.invalid(
                PLACE, "tool_choice: the function \"%s\" is not among the tools.".formatted(name)));
  }
}
