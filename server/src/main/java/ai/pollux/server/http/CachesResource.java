package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Prompt;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.CacheMapping;
import ai.pollux.server.gemini.CachedContent;
import ai.pollux.server.gemini.FileSearchRequests;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Parameter;
import ai.pollux.server.openapi.Payload;
import ai.pollux.server.state.Cache;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code cachedContents}: what is kept is the text of a beginning; its keys and values lie in the
 * engine's prefix cache, where making a content computes them.
 */
final class CachesResource implements Resource {
  private static final String COLLECTION = "cachedContents";
  private static final int LARGEST_PAGE = 1000;
  private static final int LONGEST_NAME = 128;

  private final LoadedModels models;
  private final LateState state;
  private final ProjectFiles files;
  private final CachedContents contents;
  private final Bodies bodies;

  CachesResource(
      LoadedModels models,
      LateState state,
      ProjectFiles files,
      CachedContents contents,
      Bodies bodies) {
    this.models = models;
    this.state = state;
    this.files = files;
    this.contents = contents;
    this.bodies = bodies;
  }

  @Override
  public boolean owns(String path) {
    return CollectionPath.parse(COLLECTION, path).isPresent();
  }

  @Override
  public List<Endpoint> endpoints() {
    String all = "/v1beta/cachedContents";
    String one = all + "/{cachedContent}";
    return List.of(
        Endpoint.of("POST", all, "cachedContents.create", "Keeps the beginning of prompts.")
            .takes(CachedContent.class)
            .gives(CachedContent.class),
        Endpoint.of("GET", all, "cachedContents.list", "Those that are kept.")
            .asks(
                Parameter.number("pageSize", "The most of a page."),
                Parameter.text("pageToken", "From the page before."))
            .gives(CachedContent.Page.class),
        Endpoint.of("GET", one, "cachedContents.get", "One of them.").gives(CachedContent.class),
        Endpoint.of("PATCH", one, "cachedContents.patch", "Says how long one is kept.")
            .takes(CachedContent.class)
            .gives(CachedContent.class),
        Endpoint.of("DELETE", one, "cachedContents.delete", "Forgets one.")
            .gives(new Payload.Raw("application/json")));
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    CollectionPath path = CollectionPath.parse(COLLECTION, request.path().path()).orElseThrow();
    Caller caller = Caller.of(request);
    Method method = request.prologue().method();
    if (path.isList() && method.equals(Method.POST)) {
      CachedContent wanted = Wire.read(bodies.read(request), CachedContent.class);
      Replies.json(request, response, create(wanted, caller, path.version()));
    } else if (path.isList() && method.equals(Method.GET)) {
      Replies.json(request, response, page(request, caller));
    } else if (path.isOne() && method.equals(Method.GET)) {
      Replies.json(request, response, describe(contents.find(path.id(), caller)));
    } else if (path.isOne() && method.equals(Method.PATCH)) {
      CachedContent wanted = Wire.read(bodies.read(request), CachedContent.class);
      Replies.json(request, response, update(path.id(), wanted, caller));
    } else if (path.isOne() && method.equals(Method.DELETE)) {
      state.get().caches().delete(contents.find(path.id(), caller).id());
      Replies.json(request, response, Map.of());
    } else {
      throw CollectionPath.noSuchMethod(request);
    }
  }

  private CachedContent create(CachedContent wanted, Caller caller, String version)
      throws InterruptedException {
    if (wanted.model() == null || wanted.model().isEmpty()) {
      throw ApiException.invalid("model", "model: expected the model that the content is for.");
    }
    String name = wanted.displayName() == null ? "" : wanted.displayName();
    if (name.length() > LONGEST_NAME) {
      throw ApiException.invalid(
          "display_name",
          "display_name: expected at most %d characters, found %d."
              .formatted(LONGEST_NAME, name.length()));
    }
    String model = wanted.model().replaceFirst("^.*models/", "");
    Assistant assistant = models.get().find(new ApiPath(version, model, "generateContent"));
    Instant expires = CacheMapping.expires(wanted, Instant.now());
    Prompt prompt =
        RequestMapping.prompt(
            FileSearchRequests.without(CacheMapping.request(wanted)), files.of(caller));
    int tokens = warm(assistant, prompt);
    Cache cache =
        state
            .get()
            .caches()
            .create(caller.project(), model, name, Wire.write(wanted.beginning()), tokens, expires);
    return describe(cache);
  }

  /** Computes the keys and values of a beginning; how many tokens it has. */
  private static int warm(Assistant assistant, Prompt prompt) throws InterruptedException {
    AnswerRequest request =
        new AnswerRequest(prompt, Sampling.GREEDY, OptionalInt.of(1), 1, List.of());
    try (Answer answer = assistant.answer(request)) {
      while (answer.hasNext()) {
        answer.next();
      }
      return answer.usage().prompt().total();
    }
  }

  private CachedContent update(String id, CachedContent wanted, Caller caller) {
    Cache cache = contents.find(id, caller);
    if (wanted.contents() != null
        || wanted.systemInstruction() != null
        || wanted.tools() != null
        || wanted.toolConfig() != null) {
      throw ApiException.invalid(
          "update_mask", "Only ttl and expire_time of a CachedContent can be changed.");
    }
    state.get().caches().expireAt(cache.id(), CacheMapping.expires(wanted, Instant.now()));
    return describe(contents.find(id, caller));
  }

  private CachedContent.Page page(ServerRequest request, Caller caller) {
    int asked = Queries.number(request, "pageSize", LARGEST_PAGE);
    int size = asked == 0 ? LARGEST_PAGE : Math.min(LARGEST_PAGE, asked);
    int from = Queries.number(request, "pageToken", 0);
    List<Cache> found = state.get().caches().list(caller.project(), from, size + 1);
    List<CachedContent> shown = found.stream().limit(size).map(CachesResource::describe).toList();
    return new CachedContent.Page(
        shown.isEmpty() ? null : shown, found.size() > size ? Integer.toString(from + size) : null);
  }

  private static CachedContent describe(Cache cache) {
    return new CachedContent(
        COLLECTION + "/" + cache.id(),
        "models/" + cache.model(),
        cache.displayName().isEmpty() ? null : cache.displayName(),
        null,
        null,
        null,
        null,
        null,
        cache.created(),
        cache.updated(),
        cache.expires(),
        new CachedContent.Usage((int) cache.tokens()));
  }
}
