package ai.pollux.server.http;

import ai.pollux.server.http.Interceptor.Call;
import ai.pollux.server.http.Interceptor.Pace;
import ai.pollux.server.http.Interceptor.Verdict;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Does what an {@link Interceptor} says. */
record Interception(Interceptor interceptor, Bodies bodies) {
  void serve(Resource resource, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    if (interceptor.equals(Interceptor.NONE)) {
      resource.serve(request, response);
      return;
    }
    Call call = call(request);
    switch (interceptor.judge(call)) {
      case Verdict.Pass(Pace pace) -> {
        apply(pace, response);
        resource.serve(request, response);
      }
      case Verdict.Say said -> {
        apply(said.pace(), response);
        say(said, call, request, response);
      }
      case Verdict.Refuse refused -> throw refused.error();
    }
  }

  private Call call(ServerRequest request) throws IOException {
    // SDKs double slashes here and there, which count as one.
    String path = request.path().path().replaceAll("/{2,}", "/");
    Map<String, String> query = new HashMap<>();
    request.query().names().forEach(name -> query.put(name, request.query().get(name)));
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.get()));
    byte[] body = path.startsWith("/upload/") ? new byte[0] : bodies.keep(request);
    return new Call(request.prologue().method().text(), path, query, headers, body);
  }

  private static void apply(Pace pace, ServerResponse response) {
    if (!pace.equals(Pace.UNCHANGED)) {
      response.streamFilter(out -> new PacedStream(out, pace));
    }
  }

  private static void say(
      Verdict.Say said, Call call, ServerRequest request, ServerResponse response)
      throws IOException {
    if (!call.isStreamed()) {
      response.header(HeaderNames.CONTENT_TYPE, Replies.JSON);
      response.send(said.messages().getFirst());
      return;
    }
    try (ChunkWriter out = GenerateHandler.open(request, response)) {
      for (String message : said.messages()) {
        out.message(message);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the stream was cut, or the client went away", e);
    }
  }
}
