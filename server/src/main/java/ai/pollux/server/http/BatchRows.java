package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.Assistant;
import ai.pollux.engine.EngineBusyException;
import ai.pollux.engine.EngineStats;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.EmbedContentRequest;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.GenerateContentResponse;
import ai.pollux.server.gemini.Operation;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.state.Batch;
import ai.pollux.server.state.Role;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers one row of a batch. */
final class BatchRows {
  private static final long PATIENCE_MILLIS = 20;

  private final LoadedModels models;
  private final ProjectFiles files;
  private final CachedContents cached;
  private final FileSearchTool search;

  BatchRows(LoadedModels models, ProjectFiles files, CachedContents cached, FileSearchTool search) {
    this.models = models;
    this.files = files;
    this.cached = cached;
    this.search = search;
  }

  /**
   * What came of a row.
   *
   * @param json the response, or the error
   */
  record Outcome(String json, boolean isError) {}

  /** Whether there are models to ask. */
  boolean isReady() {
    return models.find().isPresent();
  }

  /**
   * Answers a row, when nobody waits who asked directly. A request's own mistakes are its outcome.
   *
   * @throws InterruptedException if the server closes; the row has no answer then
   */
  Outcome answer(Batch batch, Batch.Row row) throws InterruptedException {
    while (true) {
      try {
        Assistant assistant = models.get().find(new ApiPath("v1beta", batch.model(), ""));
        awaitQuiet(assistant);
        return new Outcome(Wire.write(ask(assistant, batch, row)), false);
      } catch (EngineBusyException e) {
        Thread.sleep(PATIENCE_MILLIS);
      } catch (RuntimeException e) {
        ApiException error = Replies.error(e);
        return new Outcome(Wire.write(Operation.Status.of(error)), true);
      }
    }
  }

  private static void awaitQuiet(Assistant assistant) throws InterruptedException {
    EngineStats stats = assistant.stats();
    while (stats.waiting() > 0) {
      Thread.sleep(PATIENCE_MILLIS);
      stats = assistant.stats();
    }
  }

  private Object ask(Assistant assistant, Batch batch, Batch.Row row) throws InterruptedException {
    byte[] body = row.request().getBytes(StandardCharsets.UTF_8);
    Caller caller = new Caller("batch", batch.project(), Role.DEVELOPER, Optional.empty());
    FilesHandler opener = files.of(caller);
    return switch (batch.kind()) {
      case EMBED -> EmbedHandler.one(assistant, Wire.read(body, EmbedContentRequest.class), opener);
      case GENERATE -> {
        GenerateContentRequest request =
            cached.complete(Wire.read(body, GenerateContentRequest.class), caller, batch.model());
        yield generate(assistant, search.ground(request, assistant, caller), opener);
      }
    };
  }

  private static GenerateContentResponse generate(
      Assistant assistant, Grounded request, FilesHandler opener) throws InterruptedException {
    try (Answer answer = GenerateHandler.start(assistant, request, opener)) {
      return GenerateHandler.response(assistant, request, answer);
    }
  }
}
