package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.http.KeptInteractions.Asked;
import ai.pollux.server.interactions.Interaction;
import ai.pollux.server.interactions.InteractionAnswer;
import ai.pollux.server.interactions.InteractionDraft;
import ai.pollux.server.interactions.InteractionError;
import ai.pollux.server.interactions.InteractionRequest;
import ai.pollux.server.interactions.Steps;
import ai.pollux.server.openai.OpenAiError;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.state.Interactions;
import ai.pollux.server.state.StoredInteraction;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Interactions API: questions and answers that are kept, so that others go on from them. {@link
 * InteractionRunner} answers those that nobody waits for.
 */
final class InteractionsResource implements Resource {
  private final KeptInteractions kept;
  private final InteractionRunner runner;
  private final Bodies bodies;
  private final Clock clock;

  InteractionsResource(
      KeptInteractions kept, InteractionRunner runner, Bodies bodies, Clock clock) {
    this.kept = kept;
    this.runner = runner;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  public boolean owns(String path) {
    return InteractionPath.parse(path).isPresent();
  }

  /** Asking a model is; looking and cancelling are not. */
  @Override
  public boolean isMetered(ServerRequest request) {
    InteractionPath path = InteractionPath.parse(request.path().path()).orElseThrow();
    return path.id().isEmpty() && request.prologue().method().equals(Method.POST);
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    InteractionPath path = InteractionPath.parse(request.path().path()).orElseThrow();
    Caller caller = Caller.of(request);
    String method = request.prologue().method().text();
    boolean isOne = !path.id().isEmpty() && path.action().isEmpty();
    if (path.id().isEmpty() && method.equals("POST")) {
      create(request, response, caller);
    } else if (isOne && method.equals("GET")) {
      get(path.id(), caller, request, response);
    } else if (isOne && method.equals("DELETE")) {
      StoredInteraction found = kept.find(path.id(), caller);
      kept.all().delete(found.id());
      runner.stop(found.id());
      OpenAiResource.send(response, Map.of());
    } else if (path.action().equals("cancel") && method.equals("POST")) {
      cancel(kept.find(path.id(), caller));
      OpenAiResource.send(response, KeptInteractions.describe(kept.find(path.id(), caller)));
    } else {
      throw CollectionPath.noSuchMethod(request);
    }
  }

  private void create(ServerRequest request, ServerResponse response, Caller caller)
      throws IOException, InterruptedException {
    InteractionRequest body = OpenAiJson.read(bodies.read(request), InteractionRequest.class);
    Steps input = Steps.of(body.input());
    Asked asked = kept.ask(body, input, caller);
    Interaction begun =
        Interaction.begin(
            Interactions.newId(),
            body,
            asked.assistant().name(),
            Instant.ofEpochMilli(clock.millis()));
    if (body.isBackground()) {
      kept.keep(begun, input, Optional.of(OpenAiJson.write(body)), caller);
      runner.wake();
      if (body.isStreamed()) {
        new InteractionReplay(kept, caller, false).send(begun.id(), "", response);
      } else {
        OpenAiResource.send(response, begun);
      }
      return;
    }
    Consumer<Interaction> keeper =
        body.isStored() ? whole -> kept.keep(whole, input, caller) : _ -> {};
    InteractionAnswer answer =
        new InteractionAnswer(new InteractionDraft(begun, body, clock, RandomIds::next), keeper);
    if (body.isStreamed()) {
      try {
        AnswerReplies.stream(asked.assistant(), asked.request(), answer, request, response);
      } finally {
        answer.abandon();
      }
    } else {
      AnswerReplies.whole(asked.assistant(), asked.request(), answer::whole, request, response);
    }
  }

  private void get(String id, Caller caller, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    boolean includesInput = isTrue(request, "include_input");
    if (isTrue(request, "stream")) {
      String after = request.query().first("last_event_id").orElse("");
      new InteractionReplay(kept, caller, includesInput).send(id, after, response);
      return;
    }
    StoredInteraction found = kept.find(id, caller);
    OpenAiResource.send(response, InteractionReplay.describe(found, includesInput));
  }

  private void cancel(StoredInteraction found) {
    if (!kept.all().cancel(found.id())) {
      throw new ApiException(
          ApiException.Status.INVALID_ARGUMENT,
          "interactions/%s has ended: it is %s. Only what is queued or in progress can be cancelled."
              .formatted(found.id(), found.status().word()));
    }
    runner.stop(found.id());
  }

  /** Whether a parameter of the query is {@code true}. */
  private static boolean isTrue(ServerRequest request, String parameter) {
    String value = request.query().first(parameter).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw ApiException.invalid(
          parameter, "%s: expected true or false, found \"%s\".".formatted(parameter, value));
    }
    return value.equals("true");
  }

  @Override
  public void fail(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException known = Replies.error(failure);
    OpenAiError.retryAfter(known)
        .ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, seconds));
    response.status(Status.create(known.status().code()));
    OpenAiResource.send(response, InteractionError.of(known));
  }
}
