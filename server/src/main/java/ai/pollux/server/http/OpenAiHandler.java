package ai.pollux.server.http;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Embedding;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.openai.ChatAnswer;
import ai.pollux.server.openai.ChatMapping;
import ai.pollux.server.openai.ChatRequest;
import ai.pollux.server.openai.EmbeddingList;
import ai.pollux.server.openai.EmbeddingsMapping;
import ai.pollux.server.openai.EmbeddingsRequest;
import ai.pollux.server.openai.ModelList;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.openai.ResponsesAnswer;
import ai.pollux.server.openai.ResponsesMapping;
import ai.pollux.server.openai.ResponsesRequest;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the OpenAI API asks of models. */
final class OpenAiHandler {
  private final LoadedModels models;
  private final ProjectFiles projectFiles;
  private final CachedContents cached;
  private final Bodies bodies;
  private final Clock clock;
  private final Supplier<String> ids;
  private final long started;

  /**
   * A handler.
   *
   * @param ids gives another text with every call
   */
  OpenAiHandler(
      LoadedModels models,
      ProjectFiles projectFiles,
      CachedContents cached,
      Bodies bodies,
      Clock clock,
      Supplier<String> ids) {
    this.models = models;
    this.projectFiles = projectFiles;
    this.cached = cached;
    this.bodies = bodies;
    this.clock = clock;
    this.ids = ids;
    started = clock.instant().getEpochSecond();
  }

  void chat(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    ChatRequest body = OpenAiJson.read(bodies.read(request), ChatRequest.class);
    Assistant assistant = find(body.model());
    AnswerRequest asked =
        begun(
            ChatMapping.answer(body, files(request), assistant.defaultSampling()),
            body.cachedContent(),
            body.model(),
            request);
    ChatAnswer answer =
        new ChatAnswer(body, assistant.name(), clock.instant().getEpochSecond(), ids);
    if (Boolean.TRUE.equals(body.stream())) {
      AnswerReplies.stream(assistant, asked, answer.stream(), request, response);
    } else {
      AnswerReplies.whole(assistant, asked, answer::completion, request, response);
    }
  }

  void respond(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    ResponsesRequest body = OpenAiJson.read(bodies.read(request), ResponsesRequest.class);
    Assistant assistant = find(body.model());
    AnswerRequest asked =
        begun(
            ResponsesMapping.answer(body, files(request), assistant.defaultSampling()),
            body.cachedContent(),
            body.model(),
            request);
    ResponsesAnswer answer =
        new ResponsesAnswer(body, asked, assistant.name(), clock.instant().getEpochSecond(), ids);
    if (Boolean.TRUE.equals(body.stream())) {
      AnswerReplies.stream(assistant, asked, answer, request, response);
    } else {
      AnswerReplies.whole(assistant, asked, answer::response, request, response);
    }
  }

  void embed(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    EmbeddingsRequest body = OpenAiJson.read(bodies.read(request), EmbeddingsRequest.class);
    Assistant assistant = find(body.model());
    List<Embedding> embeddings =
        assistant.embed(EmbeddingsMapping.contents(body, assistant.tokenizer()), false);
    EmbeddingList list = EmbeddingsMapping.list(body, assistant.name(), embeddings);
    Spent.of(request).add(list.usage().promptTokens(), 0);
    OpenAiResource.send(response, list);
  }

  void models(ServerResponse response) {
    OpenAiResource.send(response, ModelList.of(models.get().names(), started));
  }

  void model(String name, ServerResponse response) {
    find(name);
    OpenAiResource.send(response, ModelList.Entry.of(plain(name), started));
  }

  /** A request behind the cached beginning that it names, if it names one. */
  private AnswerRequest begun(
      AnswerRequest asked, String cachedContent, @Nullable String model, ServerRequest request) {
    return cached.complete(
        asked,
        cachedContent,
        Caller.of(request),
        model == null ? "" : plain(model),
        files(request));
  }

  private FileOpener files(ServerRequest request) {
    return projectFiles.of(Caller.of(request));
  }

  private Assistant find(@Nullable String model) {
    if (model == null || model.isEmpty()) {
      throw ApiException.invalid("model", "You must provide a model parameter.");
    }
    return models
        .get()
        .find(plain(model))
        .orElseThrow(() ->
            ApiException.at(
                ApiException.Status.NOT_FOUND,
                "model",
                "The model \"%s\" does not exist. GET models lists those that do."
                    .formatted(model)));
  }

  /** A model's name without the prefixes that Google's and Vertex's clients put before it. */
  private static String plain(String model) {
    return model.replaceFirst("^(models/|google/)", "");
  }
}
