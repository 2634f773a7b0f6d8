package ai.pollux.server.openai;

import ai.pollux.content.Json;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.MediaMapping;
import ai.pollux.server.gemini.Part.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of messages, of both APIs, as parts. Mistakes are refused with their place. */
final class ContentMapping {
  private final MediaResolution resolution;
  private final FileOpener files;

  /**
   * Of one request.
   *
   * @param resolution of media that do not name one themselves
   * @param files opens what is named by address
   */
  ContentMapping(MediaResolution resolution, FileOpener files) {
    this.resolution = resolution;
    this.files = files;
  }

  /** A text, or a list of parts, each with its type; nothing where it is absent. */
  List<Part> parts(@Nullable JsonNode content, String place) {
    if (content == null || content.isNull()) {
      return List.of();
    }
    if (content.isString()) {
      return List.of(new Part.Text(content.stringValue()));
    }
    if (!content.isArray()) {
      throw ApiException.invalid(
          place, "Invalid value at '%s': expected text or a list of parts.".formatted(place));
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      parts.add(part(content.path(i), place + "[" + i + "]"));
    }
    return parts;
  }

  /** What a function gave: an object where it is the text of one, else the text. */
  Json result(@Nullable JsonNode content, String place) {
    String text =
        parts(content, place).stream()
            .map(part -> {
              if (part instanceof Part.Text(String said)) {
                return said;
              }
              throw ApiException.invalid(
                  place, place + ": this server reads results of functions that are text.");
            })
            .collect(Collectors.joining());
    return objectOr(text, Json.of(text));
  }

  /** Arguments of a call: an object, written out or not; nothing at all is one without members. */
  static Json arguments(@Nullable JsonNode arguments) {
    if (arguments == null || arguments.isNull()) {
      return Json.Obj.EMPTY;
    }
    if (!arguments.isString()) {
      return OpenAiJson.value(arguments);
    }
    String text = arguments.stringValue();
    return text.isBlank() ? Json.Obj.EMPTY : objectOr(text, Json.of(text));
  }

  private static Json objectOr(String text, Json otherwise) {
    try {
      return Json.parse(text) instanceof Json.Obj object ? object : otherwise;
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  private Part part(JsonNode part, String place) {
    String type = part.path("type").asString("");
    return switch (type) {
      case "text", "input_text", "output_text" ->
          new Part.Text(text(part.path("text"), place + ".text"));
      case "refusal" -> new Part.Text(text(part.path("refusal"), place + ".refusal"));
      case "image_url", "video_url" -> {
        JsonNode named = part.path(type);
        JsonNode url = named.isString() ? named : named.path("url");
        yield open(
            text(url, place + "." + type + ".url"), named.path("detail"), place + "." + type);
      }
      case "input_image" -> {
        boolean isFile = OpenAiJson.has(part.path("file_id"));
        String member = isFile ? "file_id" : "image_url";
        String named = text(part.path(member), place + "." + member);
        yield open(isFile ? file(named) : named, part.path("detail"), place + "." + member);
      }
      case "input_audio" -> audio(part.path("input_audio"), place + ".input_audio");
      case "file" -> document(part.path("file"), place + ".file");
      case "input_file" -> document(part, place);
      default ->
          throw ApiException.invalid(
              place + ".type",
              "%s.type: expected text, image_url, video_url, input_audio or file (input_text, input_image, input_audio or input_file in responses), found \"%s\"."
                  .formatted(place, type));
    };
  }

  private Part audio(JsonNode audio, String place) {
    String format = audio.path("format").asString("");
    String type = format.contains("/") ? format : format.isEmpty() ? "" : "audio/" + format;
    String data = text(audio.path("data"), place + ".data");
    return MediaMapping.part(
        MediaMapping.inline(new Blob(type, data, null), place), resolution, place);
  }

  private Part document(JsonNode file, String place) {
    if (OpenAiJson.has(file.path("file_id"))) {
      return open(file(text(file.path("file_id"), place)), file.path("detail"), place + ".file_id");
    }
    if (OpenAiJson.has(file.path("file_url"))) {
      return open(text(file.path("file_url"), place), file.path("detail"), place + ".file_url");
    }
    String data = text(file.path("file_data"), place + ".file_data");
    return data.startsWith("data:")
        ? open(data, file.path("detail"), place + ".file_data")
        : MediaMapping.part(
            MediaMapping.inline(new Blob("", data, null), place), resolution, place);
  }

  private Part open(String uri, JsonNode detail, String place) {
    MediaResolution finely =
        switch (detail.asString("auto")) {
          case "low" -> MediaResolution.LOW;
          case "high" -> MediaResolution.HIGH;
          default -> resolution;
        };
    return MediaMapping.part(files.open(uri, "", place), finely, place);
  }

  private static String file(String id) {
    return id.startsWith("files/") ? id : "files/" + id;
  }

  private static String text(JsonNode node, String place) {
    if (!node.isString()) {
      throw ApiException.invalid(place, "Invalid value at '%s': expected text.".formatted(place));
    }
    return node.stringValue();
  }
}
