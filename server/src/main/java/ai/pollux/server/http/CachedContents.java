package ai.pollux.server.http;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Conversation;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.CacheMapping;
import ai.pollux.server.gemini.CachedContent;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.state.Cache;
import java.nio.charset.StandardCharsets;

/** Puts cached beginnings in front of the requests that name them. */
final class CachedContents {
  private static final String NAME = "cachedContents/";

  private final LateState state;

  CachedContents(LateState state) {
    this.state = state;
  }

  /**
   * The whole request.
   *
   * @param model what is asked, as the client names it
   * @throws ApiException NOT_FOUND if there is no such content, INVALID_ARGUMENT if it is another
   *     model's, or the request has a beginning of its own
   */
  GenerateContentRequest complete(GenerateContentRequest request, Caller caller, String model) {
    String name = request.cachedContent();
    if (name == null || name.isEmpty()) {
      return request;
    }
    return CacheMapping.join(content(name, caller, model), request);
  }

  /**
   * The whole request of another API.
   *
   * @param name of the cached content; empty for none
   * @param model what is asked, as the client names it
   * @throws ApiException as above, or if the cached content has functions
   */
  AnswerRequest complete(
      AnswerRequest request, String name, Caller caller, String model, FileOpener files) {
    if (name.isEmpty() || !(request.prompt() instanceof Prompt.Chat chat)) {
      return request;
    }
    Conversation cached =
        RequestMapping.prompt(CacheMapping.request(content(name, caller, model)), files)
            .conversation();
    return new AnswerRequest(
        new Prompt.Chat(CacheMapping.join(cached, chat.conversation()), chat.thinking()),
        request.sampling(),
        request.maxTokens(),
        request.candidates(),
        request.stopStrings(),
        request.shape());
  }

  private CachedContent content(String name, Caller caller, String model) {
    Cache cache = find(name.substring(name.lastIndexOf('/') + 1), caller);
    if (!cache.model().equals(model)) {
      throw ApiException.invalid(
          "cached_content",
          "Model used by GenerateContent request (models/%s) and CachedContent (models/%s) has to be the same."
              .formatted(model, cache.model()));
    }
    return Wire.read(cache.content().getBytes(StandardCharsets.UTF_8), CachedContent.class);
  }

  /**
   * A content that the caller may see.
   *
   * @throws ApiException NOT_FOUND
   */
  Cache find(String id, Caller caller) {
    return state
        .get()
        .caches()
        .find(id)
        .filter(cache -> cache.project().equals(caller.project()))
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.NOT_FOUND,
                "CachedContent not found: %s%s. It may have expired.".formatted(NAME, id)));
  }
}
