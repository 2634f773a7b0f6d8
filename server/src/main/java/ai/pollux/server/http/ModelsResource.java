package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.PromptTokens;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.BatchRequest;
import ai.pollux.server.gemini.CountTokensRequest;
import ai.pollux.server.gemini.CountTokensResponse;
import ai.pollux.server.gemini.EmbedContentRequest;
import ai.pollux.server.gemini.EmbedContentResponse;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.GenerateContentResponse;
import ai.pollux.server.gemini.Model;
import ai.pollux.server.gemini.Operation;
import ai.pollux.server.gemini.PublisherModel;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.UsageMetadata.ModalityTokenCount;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Parameter;
import ai.pollux.server.openapi.Payload;
import ai.pollux.server.state.Batch;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** Models: listed, described, and what is asked of them. */
final class ModelsResource implements Resource {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final LoadedModels models;
  private final ProjectFiles projectFiles;
  private final CachedContents cached;
  private final FileSearchTool search;
  private final BatchesResource batches;
  private final Bodies bodies;

  ModelsResource(
      LoadedModels models,
      ProjectFiles projectFiles,
      CachedContents cached,
      FileSearchTool search,
      BatchesResource batches,
      Bodies bodies) {
    this.models = models;
    this.projectFiles = projectFiles;
    this.cached = cached;
    this.search = search;
    this.batches = batches;
    this.bodies = bodies;
  }

  @Override
  public boolean owns(String path) {
    return ApiPath.parse(path).isPresent();
  }

  @Override
  public boolean isAudited() {
    return false;
  }

  /** Asking a model is; looking at models is not. */
  @Override
  public boolean isMetered(ServerRequest request) {
    return request.prologue().method().equals(Method.POST);
  }

  @Override
  public List<Endpoint> endpoints() {
    String model = "/v1beta/models/{model}";
    return List.of(
        Endpoint.of("GET", "/v1beta/models", "models.list", "The models that are served.")
            .asks(
                Parameter.number("pageSize", "The most models of a page."),
                Parameter.text("pageToken", "From the page before."))
            .gives(Model.Page.class),
        Endpoint.of("GET", model, "models.get", "A model.").gives(Model.class),
        Endpoint.of("POST", model + ":generateContent", "models.generateContent", "An answer.")
            .takes(GenerateContentRequest.class)
            .gives(GenerateContentResponse.class),
        Endpoint.of(
                "POST",
                model + ":streamGenerateContent",
                "models.streamGenerateContent",
                "An answer, as it is written.")
            .asks(Parameter.text("alt", "sse for events; else the messages come as one array."))
            .takes(GenerateContentRequest.class)
            .gives(new Payload.Messages(GenerateContentResponse.class)),
        Endpoint.of("POST", model + ":countTokens", "models.countTokens", "How long a prompt is.")
            .takes(CountTokensRequest.class)
            .gives(CountTokensResponse.class),
        Endpoint.of("POST", model + ":embedContent", "models.embedContent", "A content's vector.")
            .takes(EmbedContentRequest.class)
            .gives(EmbedContentResponse.class),
        Endpoint.of("POST", model + ":batchEmbedContents", "models.batchEmbedContents", "Vectors.")
            .takes(EmbedContentRequest.Batch.class)
            .gives(EmbedContentResponse.Batch.class),
        Endpoint.of(
                "POST",
                model + ":batchGenerateContent",
                "models.batchGenerateContent",
                "Requests to be answered when there is time.")
            .takes(BatchRequest.class)
            .gives(Operation.class),
        Endpoint.of(
                "POST",
                model + ":asyncBatchEmbedContent",
                "models.asyncBatchEmbedContent",
                "Contents whose vectors are made when there is time.")
            .takes(BatchRequest.class)
            .gives(Operation.class));
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String raw = request.path().path();
    ApiPath path = ApiPath.parse(raw).orElseThrow();
    Method method = request.prologue().method();
    if (path.method().isEmpty() && method.equals(Method.GET)) {
      describe(path, request, response);
    } else if (!path.method().isEmpty() && method.equals(Method.POST)) {
      call(path, request, response);
    } else {
      throw new ApiException(
          ApiException.Status.NOT_FOUND,
          "No method is called by %s %s.".formatted(method.text(), raw));
    }
  }

  private void describe(ApiPath path, ServerRequest request, ServerResponse response) {
    ModelRegistry loaded = models.get();
    if (path.model().isEmpty()) {
      Model.Page page = page(loaded, request);
      Replies.json(request, response, path.isVertex() ? PublisherModel.Page.of(page) : page);
    } else {
      Model model = ModelRegistry.describe(loaded.find(path), path.model());
      Replies.json(request, response, path.isVertex() ? PublisherModel.of(model) : model);
    }
  }

  private void call(ApiPath path, ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    Assistant assistant = models.get().find(path);
    byte[] body = bodies.read(request);
    Watch.of(request).asked(body);
    Caller caller = Caller.of(request);
    FileOpener files = projectFiles.of(caller);
    switch (path.method()) {
      case "generateContent" ->
          GenerateHandler.whole(
              path.model(),
              assistant,
              complete(body, path, caller, assistant),
              files,
              request,
              response);
      case "streamGenerateContent" ->
          GenerateHandler.streamed(
              path.model(),
              assistant,
              complete(body, path, caller, assistant),
              files,
              request,
              response);
      case "countTokens" -> {
        PromptTokens tokens =
            assistant.countTokens(
                RequestMapping.prompt(Wire.read(body, CountTokensRequest.class), files));
        Replies.json(
            request,
            response,
            new CountTokensResponse(tokens.total(), ModalityTokenCount.of(tokens)));
      }
      case "batchGenerateContent" ->
          Replies.json(request, response, batch(body, path.model(), Batch.Kind.GENERATE, caller));
      case "asyncBatchEmbedContent" ->
          Replies.json(request, response, batch(body, path.model(), Batch.Kind.EMBED, caller));
      case "embedContent" -> {
        EmbedContentResponse made =
            EmbedHandler.one(assistant, Wire.read(body, EmbedContentRequest.class), files);
        Spent.of(request).add(made.usageMetadata().promptTokenCount(), 0);
        Replies.json(request, response, made);
      }
      case "batchEmbedContents" -> {
        EmbedContentResponse.Batch made =
            EmbedHandler.many(assistant, Wire.read(body, EmbedContentRequest.Batch.class), files);
        Spent.of(request).add(made.usageMetadata().promptTokenCount(), 0);
        Replies.json(request, response, made);
      }
      default ->
          throw new ApiException(
              ApiException.Status.NOT_FOUND,
              "models/%s is not supported for %s. Call ListModels to see the supported methods."
                  .formatted(path.model(), path.method()));
    }
  }

  /** With what its cached content has, and what its stores of documents have for its question. */
  private Grounded complete(byte[] body, ApiPath path, Caller caller, Assistant assistant)
      throws InterruptedException {
    GenerateContentRequest request = Wire.read(body, GenerateContentRequest.class);
    return search.ground(cached.complete(request, caller, path.model()), assistant, caller);
  }

  private Operation batch(byte[] body, String model, Batch.Kind kind, Caller caller) {
    return batches.create(Wire.read(body, BatchRequest.class), model, kind, caller);
  }

  private static Model.Page page(ModelRegistry loaded, ServerRequest request) {
    List<Model> all = loaded.describe();
    int size = Math.min(LARGEST_PAGE, Queries.number(request, "pageSize", DEFAULT_PAGE));
    int from = Math.min(all.size(), Queries.number(request, "pageToken", 0));
    int to = Math.min(all.size(), from + (size == 0 ? DEFAULT_PAGE : size));
    return new Model.Page(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
  }
}
