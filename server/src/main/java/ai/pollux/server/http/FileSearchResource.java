package ai.pollux.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileSearch;
import ai.pollux.server.gemini.FileSearchMapping;
import ai.pollux.server.gemini.Operation;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.search.NewDocument;
import ai.pollux.server.search.SearchStore;
import ai.pollux.server.search.SearchStores;
import ai.pollux.server.search.StoredDocument;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.StoredFile;
import ai.pollux.server.telemetry.Telemetry;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code fileSearchStores}: stores of documents, what comes into them, and what is in them. */
final class FileSearchResource implements Resource {
  private static final int DEFAULT_PAGE = 10;
  private static final int LARGEST_PAGE = 20;

  private final ProjectSearch projects;
  private final ProjectFiles files;
  private final StoreVectors vectors;
  private final ImportRunner runner;
  private final Bodies bodies;
  private final Telemetry telemetry;

  FileSearchResource(
      ProjectSearch projects,
      ProjectFiles files,
      StoreVectors vectors,
      ImportRunner runner,
      Bodies bodies,
      Telemetry telemetry) {
    this.projects = projects;
    this.files = files;
    this.vectors = vectors;
    this.runner = runner;
    this.bodies = bodies;
    this.telemetry = telemetry;
  }

  @Override
  public boolean owns(String path) {
    return StorePath.parse(path).isPresent();
  }

  @Override
  public List<Endpoint> endpoints() {
    return StoreEndpoints.ALL;
  }

  /** Whoever knows an upload's address may go on with it. */
  @Override
  public boolean isOpen(ServerRequest request) {
    return path(request).kind() == StorePath.Kind.UPLOAD
        && request.prologue().method().equals(Method.POST)
        && UploadHandler.isContinued(request);
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    StorePath path = path(request);
    Method method = request.prologue().method();
    if (path.kind() == StorePath.Kind.UPLOAD && method.equals(Method.POST)) {
      upload(path, request, response);
      return;
    }
    Object answer;
    if (method.equals(Method.GET)) {
      answer = get(path, request);
    } else if (method.equals(Method.POST)) {
      answer = post(path, request);
    } else if (method.equals(Method.DELETE)) {
      answer = delete(path, request);
    } else {
      throw CollectionPath.noSuchMethod(request);
    }
    Replies.json(request, response, answer);
  }

  private void upload(StorePath path, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String project =
        isOpen(request)
            ? request.query().first("project").orElse(Caller.DEFAULT_PROJECT)
            : Caller.of(request).project();
    if (isOpen(request) && !files.has(project)) {
      throw new ApiException(
          ApiException.Status.NOT_FOUND, "This upload is unknown: there is no such project.");
    }
    StoreUploads target = new StoreUploads(path, project, projects, runner);
    new UploadHandler(files, bodies, project, telemetry, target).serve(request, response);
  }

  private Object get(StorePath path, ServerRequest request) {
    SearchStores own = own(request);
    return switch (path.kind()) {
      case STORES -> page(request, own.list(), FileSearchMapping::store, FileSearch.Stores::new);
      case STORE -> FileSearchMapping.store(own.find(path.store()).describe());
      case DOCUMENTS ->
          page(
              request,
              own.find(path.store()).documents(),
              document -> FileSearchMapping.document(path.store(), document),
              FileSearch.Documents::new);
      case DOCUMENT -> FileSearchMapping.document(path.store(), document(own, path));
      case OPERATION ->
          FileSearchMapping.operation(path.operation(path.id()), path.store(), document(own, path));
      case IMPORT, UPLOAD, NONE -> throw CollectionPath.noSuchMethod(request);
    };
  }

  private Object post(StorePath path, ServerRequest request)
      throws IOException, InterruptedException {
    return switch (path.kind()) {
      case STORES -> create(request);
      case IMPORT -> importFile(path, request);
      case STORE, DOCUMENTS, DOCUMENT, OPERATION, UPLOAD, NONE ->
          throw CollectionPath.noSuchMethod(request);
    };
  }

  private Object delete(StorePath path, ServerRequest request) {
    boolean force = request.query().first("force").asOptional().filter("true"::equals).isPresent();
    switch (path.kind()) {
      case STORE -> own(request).delete(path.store(), force);
      case DOCUMENT -> own(request).deleteDocument(path.store(), path.id(), force);
      case STORES, DOCUMENTS, OPERATION, IMPORT, UPLOAD, NONE ->
          throw CollectionPath.noSuchMethod(request);
    }
    return Map.of();
  }

  private FileSearch.Store create(ServerRequest request) throws IOException {
    byte[] body = bodies.read(request);
    FileSearch.Store wanted =
        Wire.read(body.length == 0 ? "{}".getBytes(UTF_8) : body, FileSearch.Store.class);
    String model = wanted.embeddingModel() == null ? "" : wanted.embeddingModel();
    SearchStore made =
        own(request)
            .create(FileSearchMapping.checkedName(wanted.displayName()), vectors.name(model));
    return FileSearchMapping.store(made);
  }

  private Operation importFile(StorePath path, ServerRequest request)
      throws IOException, InterruptedException {
    FileSearch.ImportFileRequest wanted =
        Wire.read(bodies.read(request), FileSearch.ImportFileRequest.class);
    String project = Caller.of(request).project();
    SearchStores own = projects.of(project);
    own.find(path.store());
    FileStore store = files.store(project);
    StoredFile file = file(store, wanted.fileName());
    String name = file.displayName().isEmpty() ? file.id() : file.displayName();
    NewDocument document =
        FileSearchMapping.document(
            name, file.mimeType(), wanted.customMetadata(), wanted.chunkingConfig());
    StoredDocument pending = own.add(path.store(), document, store.bytes(file), false);
    return FileSearchMapping.operation(
        path.operation(pending.id()), path.store(), runner.read(project, path.store(), pending));
  }

  private static StoredFile file(FileStore store, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw ApiException.invalid("file_name", "file_name: expected a name like files/abc.");
    }
    String id = name.substring(name.lastIndexOf('/') + 1);
    return store
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.PERMISSION_DENIED,
                "You do not have permission to access the File %s or it may not exist."
                    .formatted(id)));
  }

  private static StoredDocument document(SearchStores own, StorePath path) {
    return own.find(path.store())
        .document(path.id())
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.NOT_FOUND,
                "fileSearchStores/%s/documents/%s does not exist."
                    .formatted(path.store(), path.id())));
  }

  /** A page as a message; of nothing the list is left out. */
  @FunctionalInterface
  private interface Page<T> {
    Object of(@Nullable List<T> shown, @Nullable String next);
  }

  private static <S, T> Object page(
      ServerRequest request, List<S> all, Function<S, T> describe, Page<T> page) {
    int asked = Queries.number(request, "pageSize", DEFAULT_PAGE);
    int size = asked == 0 ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, asked);
    int from = Math.min(all.size(), Queries.number(request, "pageToken", 0));
    int to = Math.min(all.size(), from + size);
    List<T> shown = all.subList(from, to).stream().map(describe).toList();
    return page.of(shown.isEmpty() ? null : shown, to < all.size() ? Integer.toString(to) : null);
  }

  private SearchStores own(ServerRequest request) {
    return projects.of(Caller.of(request).project());
  }

  private static StorePath path(ServerRequest request) {
    return StorePath.parse(request.path().path()).orElseThrow();
  }
}
