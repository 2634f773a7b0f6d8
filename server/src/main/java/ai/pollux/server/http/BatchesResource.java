package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.BatchMapping;
import ai.pollux.server.gemini.BatchRequest;
import ai.pollux.server.gemini.Operation;
import ai.pollux.server.gemini.Operation.InlinedResponse;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Parameter;
import ai.pollux.server.openapi.Payload;
import ai.pollux.server.state.Batch;
import ai.pollux.server.state.Batches;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.StoredFile;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** {@code batches}: made, looked at, cancelled, deleted. {@link BatchRunner} works on them. */
final class BatchesResource implements Resource {
  private static final String COLLECTION = "batches";
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final int ROWS_AT_A_TIME = 500;

  private final LateState state;
  private final ProjectFiles files;
  private final BatchRunner runner;

  BatchesResource(LateState state, ProjectFiles files, BatchRunner runner) {
    this.state = state;
    this.files = files;
    this.runner = runner;
  }

  @Override
  public boolean owns(String path) {
    return CollectionPath.parse(COLLECTION, path).isPresent();
  }

  @Override
  public List<Endpoint> endpoints() {
    String all = "/v1beta/batches";
    String one = all + "/{batch}";
    return List.of(
        Endpoint.of("GET", all, "batches.list", "All batches.")
            .asks(
                Parameter.number("pageSize", "The most of a page."),
                Parameter.text("pageToken", "From the page before."))
            .gives(Operation.Page.class),
        Endpoint.of("GET", one, "batches.get", "A batch, and how far it is.")
            .gives(Operation.class),
        Endpoint.of("POST", one + ":cancel", "batches.cancel", "Ends a batch.")
            .gives(new Payload.Raw("application/json")),
        Endpoint.of("DELETE", one, "batches.delete", "Forgets a batch.")
            .gives(new Payload.Raw("application/json")));
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) {
    CollectionPath path = CollectionPath.parse(COLLECTION, request.path().path()).orElseThrow();
    Caller caller = Caller.of(request);
    Method method = request.prologue().method();
    if (path.isList() && method.equals(Method.GET)) {
      Replies.json(request, response, page(request, caller));
    } else if (path.isOne() && method.equals(Method.GET)) {
      Replies.json(request, response, describe(find(path.id(), caller)));
    } else if (path.method().equals("cancel") && method.equals(Method.POST)) {
      batches().cancel(find(path.id(), caller).id());
      Replies.json(request, response, Map.of());
    } else if (path.isOne() && method.equals(Method.DELETE)) {
      batches().delete(find(path.id(), caller).id());
      Replies.json(request, response, Map.of());
    } else {
      throw CollectionPath.noSuchMethod(request);
    }
  }

  /**
   * Takes a batch in; what it answers is kept.
   *
   * @param model what is asked, as the client names it
   * @throws ApiException INVALID_ARGUMENT if there are no rows, or the file's are none
   */
  Operation create(BatchRequest body, String model, Batch.Kind kind, Caller caller) {
    BatchRequest.Batch wanted = body.batch();
    BatchRequest.InputConfig input = wanted == null ? null : wanted.inputConfig();
    if (wanted == null || input == null) {
      throw ApiException.invalid(
          "batch.input_config", "batch.input_config: expected requests, or the name of a file.");
    }
    List<BatchRequest.Row> rows =
        input.requests() == null || input.requests().requests() == null
            ? List.of()
            : input.requests().requests();
    Optional<String> file =
        Optional.ofNullable(input.fileName())
            .filter(name -> !name.isEmpty())
            .map(name -> name.substring(name.lastIndexOf('/') + 1));
    if (rows.isEmpty() == file.isEmpty()) {
      throw ApiException.invalid(
          "batch.input_config",
          "batch.input_config: expected either requests or file_name, found %s."
              .formatted(rows.isEmpty() ? "neither" : "both"));
    }
    Batches.Order order =
        new Batches.Order(
            caller.project(),
            model,
            kind,
            wanted.displayName() == null ? "" : wanted.displayName(),
            file,
            wanted.priority() == null ? 0 : wanted.priority());
    Batch made =
        file.isPresent()
            ? fromFile(order, file.get(), caller)
            : batches().create(order, BatchMapping.rows(rows));
    runner.wake();
    return describe(made);
  }

  private Batch fromFile(Batches.Order order, String id, Caller caller) {
    FileStore store = files.store(caller.project());
    StoredFile file =
        store
            .find(id)
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.NOT_FOUND, "files/%s does not exist.".formatted(id)));
    try (BufferedReader reader =
        Files.newBufferedReader(store.bytes(file), StandardCharsets.UTF_8)) {
      AtomicLong number = new AtomicLong();
      Iterator<Batch.NewRow> rows =
          reader
              .lines()
              .map(line -> Map.entry(number.incrementAndGet(), line))
              .filter(line -> !line.getValue().isBlank())
              .map(line -> row(line.getValue(), line.getKey(), id))
              .iterator();
      if (!rows.hasNext()) {
        throw ApiException.invalid(
            "batch.input_config.file_name", "files/%s has no lines.".formatted(id));
      }
      return batches().create(order, rows);
    } catch (MalformedInputException e) {
      throw notText(id);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedInputException) {
        throw notText(id);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("files/" + id + " cannot be read", e);
    }
  }

  private static Batch.NewRow row(String line, long number, String file) {
    try {
      return BatchMapping.row(line, number);
    } catch (ApiException e) {
      throw ApiException.invalid(
          "batch.input_config.file_name",
          "files/%s, line %d: %s".formatted(file, number, e.getMessage()));
    }
  }

  private static ApiException notText(String file) {
    return ApiException.invalid(
        "batch.input_config.file_name",
        "files/%s: expected lines of JSON in UTF-8, found other bytes.".formatted(file));
  }

  private Operation.Page page(ServerRequest request, Caller caller) {
    int asked = Queries.number(request, "pageSize", DEFAULT_PAGE);
    int size = asked == 0 ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, asked);
    int from = Queries.number(request, "pageToken", 0);
    List<Batch> found = batches().list(caller.project(), from, size + 1);
    List<Operation> shown =
        found.stream()
            .limit(size)
            .map(batch -> BatchMapping.operation(batch, Optional.empty()))
            .toList();
    return new Operation.Page(
        shown.isEmpty() ? null : shown, found.size() > size ? Integer.toString(from + size) : null);
  }

  private Operation describe(Batch batch) {
    boolean isInline = batch.state() == Batch.State.SUCCEEDED && batch.inputFile().isEmpty();
    return BatchMapping.operation(batch, isInline ? Optional.of(answers(batch)) : Optional.empty());
  }

  private List<InlinedResponse> answers(Batch batch) {
    List<InlinedResponse> answers = new ArrayList<>();
    while (answers.size() < batch.counts().rows()) {
      batches().rows(batch.id(), answers.size(), ROWS_AT_A_TIME).stream()
          .map(BatchMapping::inlined)
          .forEach(answers::add);
    }
    return answers;
  }

  private Batch find(String id, Caller caller) {
    return batches()
        .find(id)
        .filter(batch -> batch.project().equals(caller.project()))
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.NOT_FOUND, "batches/%s does not exist.".formatted(id)));
  }

  private Batches batches() {
    return state.get().batches();
  }
}
