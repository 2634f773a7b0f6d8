package ai.pollux.server.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests that look into stores of documents. */
public final class FileSearchRequests {
  private FileSearchRequests() {}

  /**
   * What is looked into.
   *
   * @throws ApiException INVALID_ARGUMENT if that is said twice
   */
  public static Optional<FileSearch> tool(GenerateContentRequest request) {
    List<FileSearch> tools =
        (request.tools() == null ? List.<Tool>of() : request.tools())
            .stream().map(Tool::fileSearch).filter(Objects::nonNull).toList();
    if (tools.size() > 1) {
      throw ApiException.invalid(
          "tools",
          "tools: expected one file_search, found %d. Name all stores in one."
              .formatted(tools.size()));
    }
    return tools.stream().findFirst();
  }

  /** The same without stores to look into. */
  public static GenerateContentRequest without(GenerateContentRequest request) {
    return with(request, request.contents());
  }

  /** The text of the last question of the user; empty where there is none. */
  public static String question(GenerateContentRequest request) {
    int at = lastQuestion(request);
    return at < 0 ? "" : text(contents(request).get(at));
  }

  /** The last question alone, as text: what sources are put in front of. */
  public static GenerateContentRequest questionAlone(
      GenerateContentRequest request, Optional<String> sources) {
    List<Part> parts =
        Stream.concat(sources.stream(), Stream.of(question(request))).map(Part::ofText).toList();
    return new GenerateContentRequest(
        null,
        List.of(new Content(parts, "user")),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** All text of the conversation. */
  public static String allText(GenerateContentRequest request) {
    Content system = request.systemInstruction();
    return Stream.concat(Stream.ofNullable(system), contents(request).stream())
        .map(FileSearchRequests::text)
        .collect(Collectors.joining("\n"));
  }

  /** With sources in front of the last question, and without the tool. */
  public static GenerateContentRequest grounded(GenerateContentRequest request, String sources) {
    int at = lastQuestion(request);
    List<Content> contents = new ArrayList<>(contents(request));
    Content question = contents.get(at);
    List<Part> parts = new ArrayList<>(List.of(Part.ofText(sources)));
    parts.addAll(parts(question));
    contents.set(at, new Content(parts, question.role()));
    return with(request, contents);
  }

  private static GenerateContentRequest with(
      GenerateContentRequest request, @Nullable List<Content> contents) {
    List<Tool> tools = request.tools();
    return new GenerateContentRequest(
        request.model(),
        contents,
        request.systemInstruction(),
        tools == null ? null : tools.stream().map(Tool::withoutFileSearch).toList(),
        request.toolConfig(),
        request.safetySettings(),
        request.generationConfig(),
        request.cachedContent(),
        request.serviceTier(),
        request.store(),
        request.labels());
  }

  private static int lastQuestion(GenerateContentRequest request) {
    List<Content> contents = contents(request);
    for (int i = contents.size() - 1; i >= 0; i--) {
      String role = contents.get(i).role();
      boolean isUser = role == null || role.isEmpty() || role.equalsIgnoreCase("user");
      if (isUser && !text(contents.get(i)).isBlank()) {
        return i;
      }
    }
    return -1;
  }

  private static List<Content> contents(GenerateContentRequest request) {
    return request.contents() == null ? List.of() : request.contents();
  }

  private static List<Part> parts(Content content) {
    return content.parts() == null ? List.of() : content.parts();
  }

  private static String text(Content content) {
    return parts(content).stream()
        .map(Part::text)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
  }
}
