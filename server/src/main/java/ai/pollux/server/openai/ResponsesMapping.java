package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests for responses as requests to the assistant. Nothing is kept from one to the next. */
public final class ResponsesMapping {
  private ResponsesMapping() {}

  /**
   * What to answer, without the cached beginning that the request may name.
   *
   * @param files opens what the request names by address
   * @param defaults how tokens are picked where the request says nothing
   * @throws ApiException INVALID_ARGUMENT with the member that is wrong
   */
  public static AnswerRequest answer(
      ResponsesRequest request, FileOpener files, Sampling defaults) {
    refuseKept(request);
    Google google = request.extensions();
    ToolUse tools = ToolUse.of(tools(request), request.toolChoice());
    ContentMapping content = new ContentMapping(Settings.resolution(google), files);
    Sampling sampling = Settings.sampling(defaults, request.temperature(), request.topP());
    if (request.hasLogprobs()) {
      sampling = Settings.withLogprobs(sampling, request.topLogprobs());
    }
    String effort = request.reasoning() == null ? null : request.reasoning().effort();
    return new AnswerRequest(
        new Prompt.Chat(
            dialogue(request, content).conversation(tools.shown()),
            Settings.isThinking(effort, google, "reasoning.effort")),
        sampling,
        Settings.maxTokens("max_output_tokens", request.maxOutputTokens()),
        1,
        List.of(),
        AnswerForm.of(
            request.text() == null ? null : request.text().format(), tools, "text.format"));
  }

  private static void refuseKept(ResponsesRequest request) {
    refuse(OpenAiJson.has(request.previousResponseId()), "previous_response_id");
    refuse(OpenAiJson.has(request.conversation()), "conversation");
    refuse(OpenAiJson.has(request.prompt()), "prompt");
    refuse(Boolean.TRUE.equals(request.background()), "background");
  }

  private static void refuse(boolean isGiven, String name) {
    if (isGiven) {
      throw ApiException.invalid(
          name,
          "%s is not supported: this server keeps no responses. Send the whole conversation as input."
              .formatted(name));
    }
  }

  private static List<ToolDeclaration> tools(ResponsesRequest request) {
    List<ResponsesRequest.Tool> tools = request.tools() == null ? List.of() : request.tools();
    List<ToolDeclaration> declared = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      ResponsesRequest.Tool tool = tools.get(i);
      String place = "tools[" + i + "]";
      Settings.requireFunction(tool.type(), place);
      declared.add(
          Settings.tool(
              new ChatRequest.Function(tool.name(), tool.description(), tool.parameters()), place));
    }
    return declared;
  }

  private static Dialogue dialogue(ResponsesRequest request, ContentMapping content) {
    Dialogue dialogue = new Dialogue();
    JsonNode instructions = request.instructions();
    if (instructions != null && instructions.isString()) {
      dialogue.instruct(content.parts(instructions, "instructions"));
    } else {
      items(instructions, "instructions", content, dialogue);
    }
    JsonNode input = request.input();
    if (input != null && input.isString()) {
      dialogue.user(content.parts(input, "input"));
    } else if (input == null || !input.isArray() || input.isEmpty()) {
      throw ApiException.invalid("input", "Invalid 'input': expected text or a list of items.");
    } else {
      items(input, "input", content, dialogue);
    }
    return dialogue;
  }

  private static void items(
      @Nullable JsonNode items, String place, ContentMapping content, Dialogue dialogue) {
    for (int i = 0; items != null && i < items.size(); i++) {
      item(items.path(i), place + "[" + i + "]", content, dialogue);
    }
  }

  private static void item(JsonNode item, String place, ContentMapping content, Dialogue dialogue) {
    String type = item.path("type").asString("message");
    switch (type) {
      case "message" -> message(item, place, content, dialogue);
      case "function_call" -> {
        String name = item.path("name").asString("");
        if (name.isEmpty()) {
          throw ApiException.invalid(place, place + ": expected the name of a function.");
        }
        dialogue.model(
            List.of(
                new Part.ToolCall(
                    item.path("call_id").asString(""),
                    name,
                    ContentMapping.arguments(item.path("arguments")))));
      }
      case "function_call_output" ->
          dialogue.result(
              item.path("call_id").asString(""),
              "",
              content.result(item.path("output"), place + ".output"));
      case "reasoning" -> {
        String thought = thought(item);
        if (!thought.isEmpty()) {
          dialogue.model(List.of(new Part.Thought(thought)));
        }
      }
      default ->
          throw ApiException.invalid(
              place + ".type",
              "%s.type: this server reads message, function_call, function_call_output and reasoning, found \"%s\"."
                  .formatted(place, type));
    }
  }

  private static void message(
      JsonNode item, String place, ContentMapping content, Dialogue dialogue) {
    List<Part> parts = content.parts(item.path("content"), place + ".content");
    String role = item.path("role").asString("");
    switch (role) {
      case "user" -> dialogue.user(parts);
      case "assistant" -> dialogue.model(parts);
      case "system", "developer" -> dialogue.instruct(parts);
      default ->
          throw ApiException.invalid(
              place + ".role",
              "%s.role: expected user, assistant, system or developer, found \"%s\"."
                  .formatted(place, role));
    }
  }

  private static String thought(JsonNode item) {
    JsonNode said = item.path("content").isArray() ? item.path("content") : item.path("summary");
    return said.valueStream()
        .map(each -> each.path("text").asString(""))
        .collect(Collectors.joining());
  }
}
