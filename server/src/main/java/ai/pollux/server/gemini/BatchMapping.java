package ai.pollux.server.gemini;

import ai.pollux.server.gemini.Operation.BatchMetadata;
import ai.pollux.server.gemini.Operation.BatchOutput;
import ai.pollux.server.gemini.Operation.BatchStats;
import ai.pollux.server.gemini.Operation.InlinedResponse;
import ai.pollux.server.gemini.Operation.InlinedResponses;
import ai.pollux.server.state.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Batches as the API shows them. */
public final class BatchMapping {
  private static final String TYPES = "type.googleapis.com/google.ai.generativelanguage.v1main.";

  private BatchMapping() {}

  /** A line of a file of rows. */
  private record Line(
      @Nullable String key, @Nullable JsonNode request, @Nullable JsonNode metadata) {}

  /** A line of a file of answers. */
  private record Answer(
      @Nullable String key,
      @Nullable JsonNode metadata,
      @Nullable JsonNode response,
      @Nullable JsonNode error) {}

  /**
   * Rows of a request's body.
   *
   * @throws ApiException INVALID_ARGUMENT where one has no request
   */
  public static Iterator<Batch.NewRow> rows(List<BatchRequest.Row> rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> {
          BatchRequest.Row row = rows.get(i);
          return row(
              row.key(),
              row.request(),
              row.metadata(),
              "batch.input_config.requests.requests[" + i + "]");
        })
        .iterator();
  }

  /**
   * A row of a file.
   *
   * @param number the line's, from 1
   * @throws ApiException INVALID_ARGUMENT if it is none
   */
  public static Batch.NewRow row(String line, long number) {
    Line read = Wire.read(line.getBytes(StandardCharsets.UTF_8), Line.class);
    return row(read.key(), read.request(), read.metadata(), "line " + number);
  }

  private static Batch.NewRow row(
      @Nullable String key, @Nullable JsonNode request, @Nullable JsonNode metadata, String place) {
    if (request == null || !request.isObject()) {
      throw ApiException.invalid(place, place + ": expected an object \"request\".");
    }
    return new Batch.NewRow(
        Optional.ofNullable(key),
        Optional.ofNullable(metadata).map(JsonNode::toString),
        request.toString());
  }

  /** A line of a file of answers, without its end. */
  public static String answer(Batch.Row row) {
    JsonNode outcome = row.outcome().map(BatchMapping::json).orElse(null);
    return Wire.write(
        new Answer(
            row.label().orElse(null),
            row.metadata().map(BatchMapping::json).orElse(null),
            row.isError() ? null : outcome,
            row.isError() ? outcome : null));
  }

  /** A row's answer in a body. */
  public static InlinedResponse inlined(Batch.Row row) {
    JsonNode outcome = row.outcome().map(BatchMapping::json).orElse(null);
    return new InlinedResponse(
        row.metadata().map(BatchMapping::json).orElse(null),
        row.isError() ? null : outcome,
        row.isError() ? outcome : null);
  }

  /**
   * A batch.
   *
   * @param answers its rows' answers, where it ended well and they are not in a file
   */
  public static Operation operation(Batch batch, Optional<List<InlinedResponse>> answers) {
    BatchOutput output =
        batch.state() != Batch.State.SUCCEEDED
            ? null
            : new BatchOutput(
                batch.outputFile().map(file -> "files/" + file).orElse(null),
                answers.map(InlinedResponses::new).orElse(null));
    return new Operation(
        "batches/" + batch.id(),
        metadata(batch, output),
        batch.state().isEnd(),
        output,
        error(batch));
  }

  private static BatchMetadata metadata(Batch batch, @Nullable BatchOutput output) {
    Batch.Counts counts = batch.counts();
    String type =
        batch.kind() == Batch.Kind.GENERATE ? "GenerateContentBatch" : "EmbedContentBatch";
    return new BatchMetadata(
        TYPES + type,
        "batches/" + batch.id(),
        "models/" + batch.model(),
        batch.displayName().isEmpty() ? null : batch.displayName(),
        batch
            .inputFile()
            .map(file -> new BatchRequest.InputConfig(null, "files/" + file))
            .orElse(null),
        output,
        batch.created(),
        batch.updated(),
        batch.ended().orElse(null),
        new BatchStats(
            Long.toString(counts.rows()),
            positive(counts.pending()),
            positive(counts.succeeded()),
            positive(counts.failed())),
        "BATCH_STATE_" + batch.state(),
        Long.toString(batch.priority()));
  }

  private static Operation.@Nullable Status error(Batch batch) {
    return switch (batch.state()) {
      case PENDING, RUNNING, SUCCEEDED -> null;
      case FAILED ->
          new Operation.Status(
              ApiException.Status.INTERNAL.rpc(), batch.error().orElse("The batch failed."));
      case CANCELLED ->
          new Operation.Status(ApiException.Status.CANCELLED.rpc(), "The batch was cancelled.");
      case EXPIRED ->
          new Operation.Status(
              ApiException.Status.DEADLINE_EXCEEDED.rpc(), "The batch was not done in time.");
    };
  }

  private static @Nullable String positive(long count) {
    return count > 0 ? Long.toString(count) : null;
  }

  private static JsonNode json(String text) {
    return Wire.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
