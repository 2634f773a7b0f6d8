package ai.pollux.server.http;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.interactions.Interaction;
import ai.pollux.server.interactions.InteractionMapping;
import ai.pollux.server.interactions.InteractionRequest;
import ai.pollux.server.interactions.Step;
import ai.pollux.server.interactions.Steps;
import ai.pollux.server.state.Interactions;
import ai.pollux.server.state.StoredInteraction;
import ai.pollux.server.state.StoredInteraction.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of interactions, and what a request that goes on from one asks of a model. */
final class KeptInteractions {
  private final LateState state;
  private final LoadedModels models;
  private final ProjectFiles files;

  KeptInteractions(LateState state, LoadedModels models, ProjectFiles files) {
    this.state = state;
    this.models = models;
    this.files = files;
  }

  /** A request to a model. */
  record Asked(Assistant assistant, AnswerRequest request) {}

  /** Whether there are models to ask. */
  boolean isReady() {
    return models.find().isPresent();
  }

  /** Where they lie. */
  Interactions all() {
    return state.get().interactions();
  }

  /**
   * What a request asks, after all that it goes on from.
   *
   * @throws ApiException INVALID_ARGUMENT, NOT_FOUND
   */
  Asked ask(InteractionRequest request, Steps input, Caller caller) {
    String model = request.model() == null ? "" : request.model().replaceFirst("^.*models/", "");
    if (model.isEmpty()) {
      throw ApiException.invalid("model", "model: expected the model to ask.");
    }
    Assistant assistant = models.get().find(new ApiPath("v1beta", model, "interactions"));
    AnswerRequest asked =
        InteractionMapping.answer(
            request,
            history(request.previousInteractionId(), caller),
            input,
            files.of(caller),
            assistant.defaultSampling());
    return new Asked(assistant, asked);
  }

  private List<Step> history(@Nullable String previous, Caller caller) {
    List<Step> steps = new ArrayList<>();
    if (previous == null || previous.isEmpty()) {
      return steps;
    }
    requireWhole(find(previous, caller));
    List<StoredInteraction> chain = all().chain(previous);
    if (chain.isEmpty() || chain.getFirst().previous().isPresent()) {
      throw wrongPrevious(
          "interactions/%s goes on from one that was deleted or has expired. Send the conversation itself."
              .formatted(previous));
    }
    for (StoredInteraction each : chain) {
      steps.addAll(Steps.parse(each.input()).input());
      steps.addAll(describe(each).said());
    }
    return steps;
  }

  private static void requireWhole(StoredInteraction previous) {
    switch (previous.status()) {
      case COMPLETED, REQUIRES_ACTION, INCOMPLETE -> {}
      case QUEUED, IN_PROGRESS ->
          throw wrongPrevious(
              "interactions/%s is %s. Ask for it until it has ended."
                  .formatted(previous.id(), previous.status().word()));
      case FAILED, CANCELLED ->
          throw wrongPrevious(
              "interactions/%s is %s. Go on from the one before it."
                  .formatted(previous.id(), previous.status().word()));
    }
  }

  private static ApiException wrongPrevious(String message) {
    return ApiException.invalid("previous_interaction_id", "previous_interaction_id: " + message);
  }

  /**
   * The one of that id that the caller may see.
   *
   * @throws ApiException NOT_FOUND
   */
  StoredInteraction find(String id, Caller caller) {
    return all()
        .find(id)
        .filter(found -> found.project().equals(caller.project()))
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.NOT_FOUND, "interactions/%s does not exist.".formatted(id)));
  }

  /** As the API tells of it. */
  static Interaction describe(StoredInteraction stored) {
    return Interaction.parse(stored.output()).at(stored.status(), stored.updated());
  }

  /** Keeps one that has ended. */
  void keep(Interaction interaction, Steps input, Caller caller) {
    keep(interaction, input, Optional.empty(), caller);
  }

  /**
   * Keeps one.
   *
   * @param later the request, where it is to be answered later
   */
  void keep(Interaction interaction, Steps input, Optional<String> later, Caller caller) {
    Status status = interaction.state();
    all()
        .create(
            new StoredInteraction(
                interaction.id(),
                caller.project(),
                Optional.ofNullable(interaction.previousInteractionId())
                    .filter(previous -> !previous.isEmpty()),
                status,
                later,
                input.json(),
                interaction.json(),
                interaction.created(),
                interaction.updated()));
  }
}
