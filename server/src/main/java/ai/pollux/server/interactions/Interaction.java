package ai.pollux.server.interactions;

import ai.pollux.assistant.Usage;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.state.StoredInteraction.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question and its answer, as far as it has come.
 *
 * @param status a {@link Status#word}
 * @param steps what the model thought, said and asked for
 * @param outputText what it said last
 * @param usage when it has ended
 * @param errors why it failed
 */
public record Interaction(
    String id,
    String object,
    String status,
    String model,
    Instant created,
    Instant updated,
    @Nullable List<Step> steps,
    @Nullable String outputText,
    @Nullable TokenCounts usage,
    @Nullable List<InteractionError.Detail> errors,
    @Nullable String previousInteractionId,
    @Nullable JsonNode labels) {

  /** Tokens counted; {@code total = input + output + thought}. */
  public record TokenCounts(
      int totalInputTokens,
      int totalOutputTokens,
      int totalThoughtTokens,
      int totalCachedTokens,
      int totalToolUseTokens,
      int totalTokens,
      List<ModalityTokens> inputTokensByModality,
      List<ModalityTokens> outputTokensByModality) {

    static TokenCounts of(Usage usage) {
      int input = usage.prompt().total();
      return new TokenCounts(
          input,
          usage.answerTokens(),
          usage.thoughtTokens(),
          usage.cachedTokens(),
          0,
          input + usage.answerTokens() + usage.thoughtTokens(),
          usage.prompt().byModality().entrySet().stream()
              .map(each ->
                  new ModalityTokens(
                      each.getKey().name().toLowerCase(Locale.ROOT), each.getValue()))
              .toList(),
          List.of(new ModalityTokens("text", usage.answerTokens())));
    }
  }

  /** How many tokens came from one modality. */
  public record ModalityTokens(String modality, int tokens) {}

  /** One that begins now. */
  public static Interaction begin(
      String id, InteractionRequest request, String model, Instant now) {
    return new Interaction(
        id,
        "interaction",
        (request.isBackground() ? Status.QUEUED : Status.IN_PROGRESS).word(),
        model,
        now,
        now,
        List.of(),
        null,
        null,
        null,
        request.previousInteractionId(),
        request.labels());
  }

  /** How far it is. */
  public Status state() {
    return Status.valueOf(status.toUpperCase(Locale.ROOT));
  }

  /** Reads what {@link #json} wrote. */
  public static Interaction parse(String json) {
    return OpenAiJson.read(json.getBytes(StandardCharsets.UTF_8), Interaction.class);
  }

  /** As it is kept. */
  public String json() {
    return OpenAiJson.write(this);
  }

  /** The same at another time. */
  public Interaction at(Status now, Instant when) {
    return new Interaction(
        id,
        object,
        now.word(),
        model,
        created,
        when,
        steps,
        outputText,
        usage,
        errors,
        previousInteractionId,
        labels);
  }

  /** The same with these steps. */
  Interaction with(List<Step> more, @Nullable TokenCounts counted) {
    String text =
        more.reversed().stream()
            .filter(Step.ModelOutput.class::isInstance)
            .findFirst()
            .map(step -> Step.text(((Step.ModelOutput) step).content()))
            .orElse(null);
    return new Interaction(
        id,
        object,
        status,
        model,
        created,
        updated,
        more,
        text,
        counted,
        errors,
        previousInteractionId,
        labels);
  }

  /** The same that has failed. */
  public Interaction failed(InteractionError.Detail why, Instant when) {
    return new Interaction(
        id,
        object,
        Status.FAILED.word(),
        model,
        created,
        when,
        steps,
        outputText,
        usage,
        List.of(why),
        previousInteractionId,
        labels);
  }

  /** The same with what was said to the model in front. */
  public Interaction after(Steps input) {
    List<Step> all = new ArrayList<>(input.input());
    all.addAll(said());
    return new Interaction(
        id,
        object,
        status,
        model,
        created,
        updated,
        all,
        outputText,
        usage,
        errors,
        previousInteractionId,
        labels);
  }

  /** Its steps; none where there are none yet. */
  public List<Step> said() {
    return steps == null ? List.of() : steps;
  }

  /** What the first event of a stream tells of it. */
  Interaction head() {
    return new Interaction(
        id,
        object,
        status,
        model,
        created,
        created,
        null,
        null,
        null,
        null,
        previousInteractionId,
        null);
  }
}
