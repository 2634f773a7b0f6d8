package ai.pollux.langchain4j;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LangChain4j's messages as a conversation. */
final class MessageMapping {
  private MessageMapping() {}

  static Conversation conversation(List<ChatMessage> messages, List<ToolDeclaration> tools) {
    List<Part> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (ChatMessage message : messages) {
      switch (message) {
        case SystemMessage said -> system.add(new Part.Text(said.text()));
        case UserMessage said ->
            turns.add(
                new Turn(
                    Turn.Role.USER, said.contents().stream().map(MessageMapping::part).toList()));
        case AiMessage said -> turns.add(new Turn(Turn.Role.MODEL, parts(said)));
        case ToolExecutionResultMessage result -> addResult(result, turns);
        default ->
            throw new UnsupportedFeatureException(
                "messages of type %s. Send system, user, AI and tool result messages"
                    .formatted(message.type()));
      }
    }
    return new Conversation(system, turns, tools);
  }

  /** Results of one round of calls are one turn. */
  private static void addResult(ToolExecutionResultMessage result, List<Turn> turns) {
    Part part =
        new Part.ToolResult(
            result.id() == null ? "" : result.id(),
            result.toolName(),
            Json.object("result", Json.of(result.text())));
    if (!turns.isEmpty() && turns.getLast().role() == Turn.Role.TOOL) {
      List<Part> parts = new ArrayList<>(turns.removeLast().parts());
      parts.add(part);
      turns.add(new Turn(Turn.Role.TOOL, parts));
    } else {
      turns.add(new Turn(Turn.Role.TOOL, List.of(part)));
    }
  }

  private static List<Part> parts(AiMessage said) {
    List<Part> parts = new ArrayList<>();
    if (said.text() != null && !said.text().isEmpty()) {
      parts.add(new Part.Text(said.text()));
    }
    for (ToolExecutionRequest call : said.toolExecutionRequests()) {
      parts.add(
          new Part.ToolCall(
              call.id() == null ? "" : call.id(), call.name(), arguments(call.arguments())));
    }
    return parts;
  }

  private static Json arguments(@Nullable String written) {
    return written == null || written.isBlank() ? Json.Obj.EMPTY : Json.parse(written);
  }

  private static Part part(Content content) {
    return switch (content) {
      case TextContent text -> new Part.Text(text.text());
      case ImageContent image ->
          new Part.Image(media(image.image().base64Data(), image.image().mimeType(), "image"));
      case AudioContent sound -> new Part.Audio(sound(sound));
      case VideoContent video ->
          new Part.Video(media(video.video().base64Data(), video.video().mimeType(), "video"));
      case PdfFileContent pdf ->
          new Part.Document(media(pdf.pdfFile().base64Data(), pdf.pdfFile().mimeType(), "PDF"));
      default ->
          throw new UnsupportedFeatureException(
              "contents of type %s. Send texts, images, sounds, videos and PDFs"
                  .formatted(content.type()));
    };
  }

  private static Media sound(AudioContent sound) {
    byte[] bytes = sound.audio().binaryData();
    String type = sound.audio().mimeType();
    return bytes == null
        ? media(sound.audio().base64Data(), type, "sound")
        : new Media(type == null ? "" : type, bytes);
  }

  private static Media media(@Nullable String base64, @Nullable String mimeType, String kind) {
    if (base64 == null) {
      throw new UnsupportedFeatureException(
          "%s by its address: nothing is fetched from elsewhere. Give its bytes in base64"
              .formatted(kind));
    }
    return new Media(mimeType == null ? "" : mimeType, Base64.getDecoder().decode(base64));
  }
}
