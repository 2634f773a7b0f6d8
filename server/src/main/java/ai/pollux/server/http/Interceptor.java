package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Stands before the API: sees each request that was let in, and may answer or break it. For tests
 * of what talks to the API; what it does not touch is answered as always.
 */
@FunctionalInterface
public interface Interceptor {
  /** Leaves everything as it is, and lets no body be read twice. */
  Interceptor NONE = _ -> Verdict.PASS;

  /**
   * What is to happen to a request. It runs on the request's own thread, so it may wait as long as
   * the client is to wait.
   */
  Verdict judge(Call call) throws InterruptedException;

  /**
   * A request.
   *
   * @param method of HTTP
   * @param path decoded, without the query and with single slashes
   * @param query the first value of each parameter
   * @param headers the first value of each header, by its name in small letters
   * @param body all of it; empty for uploads, which are read as they come
   */
  record Call(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    public Call {
      query = Map.copyOf(query);
      headers = Map.copyOf(headers);
    }

    /** Whether it is answered by a stream of messages. */
    public boolean isStreamed() {
      return path.endsWith(":streamGenerateContent");
    }
  }

  /** What happens to a request. */
  sealed interface Verdict {
    /** The API answers, at its own pace. */
    Verdict PASS = new Pass(Pace.UNCHANGED);

    /** The API answers. */
    record Pass(Pace pace) implements Verdict {}

    /**
     * The client gets these in place of an answer.
     *
     * @param messages JSON objects; a request that is not {@link Call#isStreamed} gets the first
     */
    record Say(List<String> messages, Pace pace) implements Verdict {
      public Say {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
          throw new IllegalArgumentException("messages: expected at least one, found none");
        }
      }
    }

    /** The client gets an error. */
    record Refuse(ApiException error) implements Verdict {}
  }

  /**
   * How a response leaves.
   *
   * @param between the least time between two messages of a stream
   * @param cutAfter after how many messages the connection ends, in the middle of the response;
   *     after 0 there is none at all
   */
  record Pace(Duration between, OptionalInt cutAfter) {
    /** As fast as it is written, and all of it. */
    public static final Pace UNCHANGED = new Pace(Duration.ZERO, OptionalInt.empty());
  }
}
