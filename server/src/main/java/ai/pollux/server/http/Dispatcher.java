package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.ApiKey;
import ai.pollux.server.telemetry.Exchange;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way of a request: to the part of the API that owns its path, for a caller who may, within its
 * quota, and into the logs.
 */
final class Dispatcher {
  private final List<Resource> resources;
  private final Access access;
  private final ForeignPages pages;
  private final Accounting accounting;
  private final Interception interception;
  private final Gate gate;

  Dispatcher(
      List<Resource> resources,
      Access access,
      ForeignPages pages,
      Accounting accounting,
      Interception interception,
      Gate gate) {
    this.resources = resources;
    this.access = access;
    this.pages = pages;
    this.accounting = accounting;
    this.interception = interception;
    this.gate = gate;
  }

  void serve(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    Resource resource =
        owner(request)
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.NOT_FOUND,
                    "%s is not part of the API that this server speaks: models, files, fileSearchStores, cachedContents, batches, interactions and openai below /v1beta, and what lies below them."
                        .formatted(Queries.path(request))));
    if (resource.servesAlways()) {
      if (!resource.isOpen(request)) {
        access.check(request, resource.least(request));
      }
      resource.serve(request, response);
      return;
    }
    Exchange exchange = Watch.of(request);
    gate.enter(exchange);
    try {
      account(resource, request, response);
    } finally {
      gate.leave(exchange);
    }
  }

  private void account(Resource resource, ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    Instant began = Instant.now();
    Spent spent = Spent.begin(request);
    Caller caller =
        resource.isOpen(request) ? Caller.NOBODY : access.check(request, resource.least(request));
    if (caller.equals(Caller.LOCAL)) {
      pages.check(request);
    }
    caller.register(request);
    int status = 500;
    try {
      answer(resource, caller, spent, request, response);
      status = response.status().code();
    } catch (RuntimeException e) {
      status = Replies.status(e);
      throw e;
    } finally {
      accounting.log(request, caller, spent, began, status);
    }
  }

  private void answer(
      Resource resource, Caller caller, Spent spent, ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    if (resource.isAudited() && !caller.equals(Caller.NOBODY)) {
      accounting.audit(request, caller, "begun");
    }
    Optional<ApiKey> metered = caller.key().filter(_ -> resource.isMetered(request));
    metered.ifPresent(accounting::begin);
    try {
      interception.serve(resource, request, response);
    } finally {
      metered.ifPresent(key -> accounting.end(key, spent));
    }
  }

  /** Answers a request that failed, as the part that owns it has errors look. */
  void fail(ServerRequest request, ServerResponse response, Throwable failure) {
    owner(request)
        .ifPresentOrElse(
            resource -> resource.fail(request, response, failure),
            () -> Replies.error(request, response, failure));
    Watch.of(request).failed(Replies.code(failure));
  }

  private Optional<Resource> owner(ServerRequest request) {
    String path = Queries.path(request);
    return resources.stream().filter(candidate -> candidate.owns(path)).findFirst();
  }
}
