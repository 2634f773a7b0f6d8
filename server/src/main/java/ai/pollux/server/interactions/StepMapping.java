package ai.pollux.server.interactions;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.MediaMapping;
import ai.pollux.server.gemini.Part.Blob;
import ai.pollux.server.openai.Dialogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Steps as a conversation. Mistakes are refused with their place. */
final class StepMapping {
  private final FileOpener files;
  private final Dialogue dialogue = new Dialogue();
  private final Set<String> calls = new HashSet<>();

  private StepMapping(FileOpener files) {
    this.files = files;
  }

  /**
   * The conversation, without tools.
   *
   * @param history what was said before, in front of {@code input}
   * @throws ApiException INVALID_ARGUMENT
   */
  static Conversation conversation(
      @Nullable String instruction, List<Step> history, Steps input, FileOpener files) {
    StepMapping mapping = new StepMapping(files);
    if (instruction != null && !instruction.isEmpty()) {
      mapping.dialogue.instruct(List.of(new Part.Text(instruction)));
    }
    for (int i = 0; i < history.size(); i++) {
      mapping.add(history.get(i), "history[" + i + "]");
    }
    for (int i = 0; i < input.input().size(); i++) {
      mapping.add(input.input().get(i), "input[" + i + "]");
    }
    return mapping.dialogue.conversation(List.of());
  }

  private void add(Step step, String place) {
    switch (step) {
      case Step.UserInput(List<Content> content) ->
          dialogue.user(parts(content, place + ".content"));
      case Step.ModelOutput(List<Content> content) ->
          dialogue.model(texts(content, place + ".content"));
      case Step.Thought(var _, List<Content> summary) -> {
        String thought = Step.text(summary);
        if (!thought.isEmpty()) {
          dialogue.model(List.of(new Part.Thought(thought)));
        }
      }
      case Step.FunctionCall(var id, var name, var arguments) -> {
        if (name == null || name.isEmpty()) {
          throw ApiException.invalid(
              place + ".name", place + ".name: expected the name of a function.");
        }
        calls.add(orEmpty(id));
        dialogue.model(List.of(new Part.ToolCall(orEmpty(id), name, arguments(arguments))));
      }
      case Step.FunctionResult result -> result(result, place);
    }
  }

  private void result(Step.FunctionResult result, String place) {
    String id = orEmpty(result.callId());
    String name = orEmpty(result.name());
    if (name.isEmpty() && !calls.contains(id)) {
      throw ApiException.invalid(
          place + ".call_id",
          "%s.call_id: no function_call before it has the id \"%s\". Send the call too, go on from the interaction that made it, or give its name."
              .formatted(place, id));
    }
    Json value = value(result.result(), place + ".result");
    boolean isError = Boolean.TRUE.equals(result.isError());
    dialogue.result(id, name, isError ? Json.object("error", value) : value);
  }

  /** What a function gave: an object where it is one or the text of one, else the text. */
  private static Json value(@Nullable JsonNode result, String place) {
    if (result == null || result.isNull()) {
      return Json.Obj.EMPTY;
    }
    if (result.isString()) {
      return objectOrText(result.stringValue());
    }
    if (!result.isArray()) {
      return Json.parse(result.toString());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.size(); i++) {
      JsonNode content = result.path(i);
      if (!content.path("type").asString("").equals("text")) {
        throw ApiException.invalid(
            place, place + ": this server reads results of functions that are text or an object.");
      }
      text.append(content.path("text").asString(""));
    }
    return objectOrText(text.toString());
  }

  private static Json arguments(@Nullable JsonNode arguments) {
    return arguments == null || arguments.isNull()
        ? Json.Obj.EMPTY
        : Json.parse(arguments.toString());
  }

  private static Json objectOrText(String text) {
    try {
      return Json.parse(text) instanceof Json.Obj object ? object : Json.of(text);
    } catch (IllegalArgumentException e) {
      return Json.of(text);
    }
  }

  private List<Part> texts(List<Content> contents, String place) {
    for (int i = 0; i < contents.size(); i++) {
      if (!"text".equals(contents.get(i).type())) {
        throw ApiException.invalid(
            place,
            "%s[%d].type: what a model said is text here, found \"%s\"."
                .formatted(place, i, contents.get(i).type()));
      }
    }
    return parts(contents, place);
  }

  private List<Part> parts(List<Content> contents, String place) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      parts.add(part(contents.get(i), place + "[" + i + "]"));
    }
    return parts;
  }

  private Part part(Content content, String place) {
    String type = orEmpty(content.type());
    return switch (type) {
      case "text" -> new Part.Text(orEmpty(content.text()));
      case "image", "audio", "video", "document" -> media(content, place);
      default ->
          throw ApiException.invalid(
              place + ".type",
              "%s.type: expected text, image, audio, video or document, found \"%s\"."
                  .formatted(place, type));
    };
  }

  private Part media(Content content, String place) {
    String type = orEmpty(content.mimeType());
    String resolution = orEmpty(content.resolution());
    MediaResolution finely =
        MediaMapping.resolution(
            resolution.isEmpty() ? null : "MEDIA_RESOLUTION_" + resolution.toUpperCase(Locale.ROOT),
            place + ".resolution");
    String uri = orEmpty(content.uri());
    if (uri.isEmpty() == orEmpty(content.data()).isEmpty()) {
      throw ApiException.invalid(
          place,
          "%s: expected either data or uri, found %s."
              .formatted(place, uri.isEmpty() ? "neither" : "both"));
    }
    return MediaMapping.part(
        uri.isEmpty()
            ? MediaMapping.inline(new Blob(type, content.data(), null), place)
            : files.open(uri, type, place + ".uri"),
        finely,
        place);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
