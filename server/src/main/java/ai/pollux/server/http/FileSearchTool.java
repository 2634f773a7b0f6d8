package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.content.Media;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileSearch;
import ai.pollux.server.gemini.FileSearchRequests;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.Grounding;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.search.Passage;
import ai.pollux.server.search.Question;
import ai.pollux.server.search.Rankings;
import ai.pollux.server.search.SearchStores;
import ai.pollux.server.search.StoreIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tool {@code fileSearch}: looks for the last question of the user in stores of documents and
 * puts what it finds in front of it. Sources take at most half of the context that the conversation
 * leaves; the best come first, and the first that has no room ends them.
 */
final class FileSearchTool {
  private static final int DEFAULT_TOP = 5;
  private static final int LARGEST_TOP = 100;
  private static final int MOST_STORES = 10;

  private final ProjectSearch projects;
  private final StoreVectors vectors;

  FileSearchTool(ProjectSearch projects, StoreVectors vectors) {
    this.projects = projects;
    this.vectors = vectors;
  }

  /**
   * A request with its sources; the same where it asks for none.
   *
   * @throws ApiException INVALID_ARGUMENT
   * @throws ai.pollux.server.search.SearchException if a store is not there, or the filter is none
   */
  Grounded ground(GenerateContentRequest request, Assistant assistant, Caller caller)
      throws InterruptedException {
    Optional<FileSearch> tool = FileSearchRequests.tool(request);
    if (tool.isEmpty()) {
      return new Grounded(request, Grounding.NONE);
    }
    String question = FileSearchRequests.question(request);
    List<Passage> found = find(tool.get(), question, caller);
    List<Passage> shown = fitting(found, request, assistant);
    if (shown.isEmpty()) {
      return new Grounded(FileSearchRequests.without(request), Grounding.NONE);
    }
    String sources = Grounding.sources(shown);
    int tokens =
        tokens(assistant, FileSearchRequests.questionAlone(request, Optional.of(sources)))
            - tokens(assistant, FileSearchRequests.questionAlone(request, Optional.empty()));
    return new Grounded(
        FileSearchRequests.grounded(request, sources), new Grounding(shown, tokens));
  }

  private List<Passage> find(FileSearch tool, String question, Caller caller)
      throws InterruptedException {
    int top = tool.topK() == null || tool.topK() == 0 ? DEFAULT_TOP : tool.topK();
    if (top < 1 || top > LARGEST_TOP) {
      throw ApiException.invalid(
          "tools.file_search.top_k",
          "top_k: expected 1 to %d, found %d.".formatted(LARGEST_TOP, top));
    }
    String filter = tool.metadataFilter() == null ? "" : tool.metadataFilter();
    Question.of(question, new float[0], filter, top); // a filter that is none is refused first
    Map<String, float[]> known = new HashMap<>();
    List<Rankings> rankings = new ArrayList<>();
    for (StoreIndex store : stores(tool, caller)) {
      if (question.isBlank()) {
        continue;
      }
      String model = store.describe().embeddingModel();
      if (!known.containsKey(model)) {
        known.put(model, vectors.of(model).embed(List.of(question)).getFirst());
      }
      rankings.add(
          store.find(Question.of(question, known.getOrDefault(model, new float[0]), filter, top)));
    }
    return Rankings.fuse(rankings, top);
  }

  private List<StoreIndex> stores(FileSearch tool, Caller caller) {
    List<String> names =
        tool.fileSearchStoreNames() == null ? List.of() : tool.fileSearchStoreNames();
    if (names.isEmpty() || names.size() > MOST_STORES) {
      throw ApiException.invalid(
          "tools.file_search.file_search_store_names",
          "file_search_store_names: expected 1 to %d names like fileSearchStores/abc, found %d."
              .formatted(MOST_STORES, names.size()));
    }
    SearchStores own = projects.of(caller.project());
    return names.stream()
        .distinct()
        .map(name -> own.find(name.replaceFirst("^fileSearchStores/", "")))
        .toList();
  }

  private static List<Passage> fitting(
      List<Passage> found, GenerateContentRequest request, Assistant assistant) {
    int taken = length(assistant, FileSearchRequests.allText(request));
    int room = (assistant.contextLength() - taken) / 2;
    int count = 0;
    while (count < found.size()
        && length(assistant, Grounding.sources(found.subList(0, count + 1))) <= room) {
      count++;
    }
    return found.subList(0, count);
  }

  private static int length(Assistant assistant, String text) {
    return assistant.tokenizer().encode(text).length;
  }

  private static int tokens(Assistant assistant, GenerateContentRequest request) {
    return assistant.countTokens(RequestMapping.prompt(request, FileSearchTool::noFile)).total();
  }

  private static Media noFile(String uri, String mimeType, String place) {
    throw new IllegalStateException("a question alone has no files, found " + uri);
  }
}
