package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Chat requests as requests to the assistant. */
public final class ChatMapping {
  private static final int MOST_ANSWERS = 8;
  private static final int MOST_STOPS = 5;

  private ChatMapping() {}

  /**
   * What to answer, without the cached beginning that the request may name.
   *
   * @param files opens what the request names by address
   * @param defaults how tokens are picked where the request says nothing
   * @throws ApiException INVALID_ARGUMENT with the member that is wrong
   */
  public static AnswerRequest answer(ChatRequest request, FileOpener files, Sampling defaults) {
    Google google = request.extensions();
    if (request.modalities() != null && request.modalities().contains("audio")) {
      throw ApiException.invalid(
          "modalities", "This server answers in text; found %s.".formatted(request.modalities()));
    }
    ToolUse tools =
        request.isLegacy()
            ? ToolUse.of(tools(request), request.functionCall())
            : ToolUse.of(tools(request), request.toolChoice());
    ContentMapping content = new ContentMapping(Settings.resolution(google), files);
    return new AnswerRequest(
        new Prompt.Chat(
            dialogue(request, content).conversation(tools.shown()),
            Settings.isThinking(request.reasoningEffort(), google, "reasoning_effort")),
        sampling(request, defaults),
        request.maxCompletionTokens() != null
            ? Settings.maxTokens("max_completion_tokens", request.maxCompletionTokens())
            : Settings.maxTokens("max_tokens", request.maxTokens()),
        request.n() == null ? 1 : Ranges.within("n", request.n(), 1, MOST_ANSWERS),
        stops(request.stop()),
        AnswerForm.of(request.responseFormat(), tools, "response_format"));
  }

  private static Dialogue dialogue(ChatRequest request, ContentMapping content) {
    List<ChatRequest.Message> messages =
        request.messages() == null ? List.of() : request.messages();
    if (messages.isEmpty()) {
      throw ApiException.invalid("messages", "Invalid 'messages': expected at least one.");
    }
    Dialogue dialogue = new Dialogue();
    for (int i = 0; i < messages.size(); i++) {
      add(messages.get(i), "messages[" + i + "]", request.extensions(), content, dialogue);
    }
    return dialogue;
  }

  private static void add(
      ChatRequest.Message message,
      String place,
      Google google,
      ContentMapping content,
      Dialogue dialogue) {
    String inside = place + ".content";
    switch (orEmpty(message.role())) {
      case "system", "developer" -> dialogue.instruct(content.parts(message.content(), inside));
      case "user" -> dialogue.user(content.parts(message.content(), inside));
      case "assistant" -> dialogue.model(said(message, place, google.tag(), content));
      case "tool" ->
          dialogue.result(
              orEmpty(message.toolCallId()),
              orEmpty(message.name()),
              content.result(message.content(), inside));
      case "function" ->
          dialogue.result("", orEmpty(message.name()), content.result(message.content(), inside));
      default ->
          throw ApiException.invalid(
              place + ".role",
              "%s.role: expected system, developer, user, assistant, tool or function, found \"%s\"."
                  .formatted(place, orEmpty(message.role())));
    }
  }

  private static List<Part> said(
      ChatRequest.Message message, String place, String tag, ContentMapping content) {
    List<Part> parts = new ArrayList<>();
    if (message.reasoningContent() != null && !message.reasoningContent().isEmpty()) {
      parts.add(new Part.Thought(message.reasoningContent()));
    }
    boolean isThought =
        message.extraContent() != null
            && message.extraContent().path("google").path("thought").asBoolean(false);
    for (Part part : content.parts(message.content(), place + ".content")) {
      if (part instanceof Part.Text(String text)) {
        parts.addAll(isThought ? List.of(new Part.Thought(text)) : ThoughtTag.split(text, tag));
      } else {
        parts.add(part);
      }
    }
    List<ChatRequest.ToolCall> calls =
        message.toolCalls() == null ? List.of() : message.toolCalls();
    for (int i = 0; i < calls.size(); i++) {
      ChatRequest.ToolCall call = calls.get(i);
      parts.add(call(orEmpty(call.id()), call.function(), place + ".tool_calls[" + i + "]"));
    }
    if (message.functionCall() != null) {
      parts.add(call("", message.functionCall(), place + ".function_call"));
    }
    return parts;
  }

  private static Part call(String id, ChatRequest.@Nullable FunctionCall function, String place) {
    if (function == null || function.name() == null || function.name().isEmpty()) {
      throw ApiException.invalid(place, place + ": expected the name of a function.");
    }
    return new Part.ToolCall(id, function.name(), ContentMapping.arguments(function.arguments()));
  }

  private static List<ToolDeclaration> tools(ChatRequest request) {
    List<ToolDeclaration> declared = new ArrayList<>();
    if (request.isLegacy() && request.functions() != null) {
      for (int i = 0; i < request.functions().size(); i++) {
        declared.add(Settings.tool(request.functions().get(i), "functions[" + i + "]"));
      }
      return declared;
    }
    List<ChatRequest.Tool> tools = request.tools() == null ? List.of() : request.tools();
    for (int i = 0; i < tools.size(); i++) {
      String place = "tools[" + i + "]";
      Settings.requireFunction(tools.get(i).type(), place);
      declared.add(Settings.tool(tools.get(i).function(), place + ".function"));
    }
    return declared;
  }

  private static Sampling sampling(ChatRequest request, Sampling defaults) {
    Sampling sampling = Settings.sampling(defaults, request.temperature(), request.topP());
    if (request.topK() != null) {
      sampling = sampling.withTopK(Ranges.within("top_k", request.topK(), 1, Integer.MAX_VALUE));
    }
    if (request.seed() != null) {
      sampling = sampling.withSeed(request.seed());
    }
    sampling =
        sampling.withPenalties(
            (float) penalty("presence_penalty", request.presencePenalty()),
            (float) penalty("frequency_penalty", request.frequencyPenalty()));
    if (request.logitBias() != null) {
      Map<Integer, Float> bias = new HashMap<>();
      request
          .logitBias()
          .forEach((token, value) ->
              bias.put(token, (float) Ranges.within("logit_bias", value, -100, 100)));
      sampling = sampling.withLogitBias(bias);
    }
    if (Boolean.TRUE.equals(request.logprobs())) {
      return Settings.withLogprobs(sampling, request.topLogprobs());
    }
    if (request.topLogprobs() != null) {
      throw ApiException.invalid("top_logprobs", "top_logprobs is only used with logprobs: true.");
    }
    return sampling;
  }

  private static double penalty(String name, @Nullable Double penalty) {
    return penalty == null ? 0 : Ranges.within(name, penalty, -2, 2);
  }

  private static List<String> stops(@Nullable JsonNode stop) {
    List<String> stops = new ArrayList<>();
    if (stop == null || stop.isNull()) {
      return stops;
    }
    (stop.isArray() ? stop.valueStream() : Stream.of(stop))
        .forEach(each -> {
          if (!each.isString() || each.stringValue().isEmpty()) {
            throw ApiException.invalid(
                "stop", "Invalid 'stop': expected a text, or a list of texts, none of them empty.");
          }
          stops.add(each.stringValue());
        });
    Ranges.within("stop", stops.size(), 0, MOST_STOPS);
    return stops;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
