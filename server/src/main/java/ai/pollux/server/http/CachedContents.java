package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.CacheMapping;
import ai.pollux.server.gemini.CachedContent;
import ai.pollux.server.gemini.GenerateContentRequest;
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
    Cache cache = find(name.substring(name.lastIndexOf('/') + 1), caller);
    if (!cache.model().equals(model)) {
      throw ApiException.invalid(
          "cached_content",
          "Model used by GenerateContent request (models/%s) and CachedContent (models/%s) has to be the same."
              .formatted(model, cache.model()));
    }
    return CacheMapping.join(content(cache), request);
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

  private static CachedContent content(Cache cache) {
    return Wire.read(cache.content().getBytes(StandardCharsets.UTF_8), CachedContent.class);
  }
}
