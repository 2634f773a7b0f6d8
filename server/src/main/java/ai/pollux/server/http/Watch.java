package ai.pollux.server.http;

import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Endpoints;
import ai.pollux.server.telemetry.Call;
import ai.pollux.server.telemetry.Exchange;
import ai.pollux.server.telemetry.Telemetry;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Tells telemetry of every request, and gives it an id. */
final class Watch implements Filter {
  private static final HeaderName ID = HeaderNames.create("x-request-id");
  private static final List<HeaderName> TRACE =
      List.of(HeaderNames.create("traceparent"), HeaderNames.create("tracestate"));

  /** Ids of others that are taken over: what cannot disturb a log. */
  private static final Pattern FIT_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final Telemetry telemetry;
  private final Endpoints endpoints;

  Watch(Telemetry telemetry, Endpoints endpoints) {
    this.telemetry = telemetry;
    this.endpoints = endpoints;
  }

  /** What is noted of a request while it is handled. */
  static Exchange of(ServerRequest request) {
    return request.context().get(Exchange.class).orElseThrow();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Exchange exchange = telemetry.begin(call(request));
    request.context().register(exchange);
    response.header(ID, exchange.call().id());
    boolean isGone = false;
    try {
      chain.proceed();
    } catch (CloseConnectionException e) {
      isGone = true;
      exchange.failed("CANCELLED");
      throw e;
    } finally {
      telemetry.end(exchange, isGone ? CLIENT_CLOSED_REQUEST : response.status().code());
    }
  }

  private Call call(RoutingRequest request) {
    String method = request.prologue().method().text();
    Map<String, String> trace = new HashMap<>();
    for (HeaderName name : TRACE) {
      request.headers().first(name).ifPresent(value -> trace.put(name.lowerCase(), value));
    }
    return new Call(
        request.headers().first(ID).filter(FIT_ID.asMatchPredicate()).orElseGet(Watch::newId),
        endpoints.find(method, Queries.path(request)).map(Endpoint::id).orElse("other"),
        method,
        Optional.ofNullable(request.path().rawPath()).orElse(""),
        trace);
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
