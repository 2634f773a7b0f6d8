package ai.pollux.server.gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Work that goes on.
 *
 * @param metadata how far it is
 * @param response what came of it, once it is done
 */
public record Operation(
    String name,
    @Nullable Object metadata,
    boolean done,
    @Nullable Object response,
    @Nullable Status error) {

  /** An error as {@code google.rpc.Status} has it. */
  public record Status(int code, String message) {
    /** The same error as an HTTP answer. */
    public static Status of(ApiException error) {
      return new Status(error.status().rpc(), error.getMessage());
    }
  }

  /** How far a batch is, and its answers. */
  public record BatchMetadata(
      @JsonProperty("@type") String type,
      String name,
      String model,
      @Nullable String displayName,
      BatchRequest.@Nullable InputConfig inputConfig,
      @Nullable BatchOutput output,
      Instant createTime,
      Instant updateTime,
      @Nullable Instant endTime,
      BatchStats batchStats,
      String state,
      String priority) {}

  /** Numbers of rows, in decimal. */
  public record BatchStats(
      String requestCount,
      @Nullable String pendingRequestCount,
      @Nullable String successfulRequestCount,
      @Nullable String failedRequestCount) {}

  /** Where the answers are: here, or in a file of JSON lines. */
  public record BatchOutput(
      @Nullable String responsesFile, @Nullable InlinedResponses inlinedResponses) {}

  /** Answers in the order of the rows. */
  public record InlinedResponses(List<InlinedResponse> inlinedResponses) {}

  /** The answer to a row. */
  public record InlinedResponse(
      @Nullable JsonNode metadata, @Nullable JsonNode response, @Nullable JsonNode error) {}

  /** A page of a list. */
  public record Page(@Nullable List<Operation> operations, @Nullable String nextPageToken) {}
}
