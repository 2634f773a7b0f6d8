package ai.pollux.server.http;

import ai.pollux.assistant.constraint.ShapeException;
import ai.pollux.content.MediaException;
import ai.pollux.content.template.TemplateException;
import ai.pollux.engine.EngineBusyException;
import ai.pollux.engine.InvalidRequestException;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.search.SearchException;
import ai.pollux.server.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages and errors as HTTP responses. */
final class Replies {
  static final String JSON = "application/json; charset=UTF-8";

  /** When to try again: another server may be ready by then, or this one less busy. */
  private static final String RETRY_AFTER_SECONDS = "2";

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** Sends a message, indented unless {@code prettyPrint=false} asks otherwise. */
  static void json(ServerRequest request, ServerResponse response, Object message) {
    boolean isCompact =
        request.query().first("prettyPrint").asOptional().filter("false"::equals).isPresent();
    response.header(HeaderNames.CONTENT_TYPE, JSON);
    response.send(isCompact ? Wire.write(message) : Wire.writePretty(message));
  }

  /** Sends an error with its status. */
  static void error(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException error = error(failure);
    response.status(Status.create(error.status().code()));
    if (error.status() == ApiException.Status.UNAVAILABLE) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    json(request, response, error.body());
  }

  /** The status that a failure is answered with. */
  static int status(Throwable failure) {
    if (failure instanceof CloseConnectionException) {
      return ApiException.Status.CANCELLED.code();
    }
    return canonical(failure).code();
  }

  /** What the API calls the kind of a failure. */
  static String code(Throwable failure) {
    return canonical(failure).name();
  }

  private static ApiException.Status canonical(Throwable failure) {
    return foreseen(failure).map(ApiException::status).orElse(ApiException.Status.INTERNAL);
  }

  /** What the API calls a failure. What nobody foresaw is logged, and told without its insides. */
  static ApiException error(Throwable failure) {
    return foreseen(failure)
        .orElseGet(() -> {
          LOG.error("a request failed", failure);
          return new ApiException(
              ApiException.Status.INTERNAL,
              "An internal error has occurred; the server's log says which.");
        });
  }

  private static Optional<ApiException> foreseen(Throwable failure) {
    return switch (failure) {
      case ApiException known -> Optional.of(known);
      case InvalidRequestException _, ShapeException _, TemplateException _, MediaException _ ->
          Optional.of(new ApiException(ApiException.Status.INVALID_ARGUMENT, message(failure)));
      case StoreException refused ->
          Optional.of(new ApiException(status(refused), message(refused)));
      case SearchException refused -> Optional.of(refusal(refused));
      case EngineBusyException busy ->
          Optional.of(
              new ApiException(
                  ApiException.Status.UNAVAILABLE,
                  "The model is overloaded. Please try again later. (" + message(busy) + ")"));
      case RequestException http when http.status().code() < 500 ->
          Optional.of(new ApiException(ApiException.Status.INVALID_ARGUMENT, message(http)));
      case HttpException http when http.status().code() < 500 ->
          Optional.of(new ApiException(ApiException.Status.INVALID_ARGUMENT, message(http)));
      default -> Optional.empty();
    };
  }

  private static ApiException refusal(SearchException refused) {
    ApiException.Status status =
        switch (refused.reason()) {
          case INVALID -> ApiException.Status.INVALID_ARGUMENT;
          case NOT_FOUND -> ApiException.Status.NOT_FOUND;
          case PRECONDITION -> ApiException.Status.FAILED_PRECONDITION;
        };
    return refused.field().isEmpty()
        ? new ApiException(status, message(refused))
        : ApiException.at(status, refused.field(), message(refused));
  }

  private static ApiException.Status status(StoreException refused) {
    return switch (refused.reason()) {
      case NOT_FOUND -> ApiException.Status.NOT_FOUND;
      case ALREADY_EXISTS -> ApiException.Status.ALREADY_EXISTS;
      case WRONG_NAME, WRONG_OFFSET, WRONG_SIZE, TOO_LARGE -> ApiException.Status.INVALID_ARGUMENT;
      case FULL -> ApiException.Status.RESOURCE_EXHAUSTED;
    };
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
