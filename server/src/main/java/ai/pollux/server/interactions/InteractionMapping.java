package ai.pollux.server.interactions;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.GenerationConfig;
import ai.pollux.server.gemini.RequestMapping;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests as requests to the assistant, by way of the Gemini API's, which mean the same. */
public final class InteractionMapping {
  private static final Set<String> LEVELS = Set.of("minimal", "low", "medium", "high");
  private static final Set<String> SUMMARIES = Set.of("auto", "none");

  private InteractionMapping() {}

  /**
   * What to answer.
   *
   * @param history steps of what it goes on from
   * @param files opens what the request names by address
   * @param defaults how tokens are picked where the request says nothing
   * @throws ApiException INVALID_ARGUMENT
   */
  public static AnswerRequest answer(
      InteractionRequest request,
      List<Step> history,
      Steps input,
      FileOpener files,
      Sampling defaults) {
    refuseUnsupported(request);
    GenerateContentRequest asked =
        new GenerateContentRequest(
            request.model(),
            null,
            null,
            FunctionTools.tools(request.tools()),
            FunctionTools.choice(request.config().toolChoice(), request.tools()),
            null,
            config(request),
            null,
            null,
            null,
            null);
    AnswerRequest answer =
        RequestMapping.answer(
            asked,
            StepMapping.conversation(request.systemInstruction(), history, input, files),
            defaults);
    return answer.shape() instanceof AnswerShape.Schema(var schema, var _)
        ? new AnswerRequest(
            answer.prompt(),
            answer.sampling(),
            answer.maxTokens(),
            answer.candidates(),
            answer.stopStrings(),
            new AnswerShape.Schema(schema, "response_format.schema"))
        : answer;
  }

  private static void refuseUnsupported(InteractionRequest request) {
    refuse(request.agent(), "agent", "this server has no agents; name a model.");
    refuse(request.environment(), "environment", "this server has no environments; leave it out.");
    refuse(
        request.webhookConfig(),
        "webhook_config",
        "this server calls nobody; ask for the interaction by its id.");
    refuse(
        request.continuationToken(),
        "continuation_token",
        "this server gives none out; go on by previous_interaction_id.");
    refuse(
        request.cachedContent(),
        "cached_content",
        "interactions do not begin with cached contents. Send the contents themselves, or go on by previous_interaction_id: what is still known of them is reused.");
    if (request.isBackground() && !request.isStored()) {
      throw ApiException.invalid(
          "background", "background: an answer that comes later has to be kept; leave store out.");
    }
  }

  private static void refuse(@Nullable Object member, String name, String why) {
    boolean isGiven =
        member instanceof JsonNode node
            ? !node.isNull()
            : member instanceof String text && !text.isEmpty();
    if (isGiven) {
      throw ApiException.invalid(name, name + " is not supported: " + why);
    }
  }

  private static GenerationConfig config(InteractionRequest request) {
    InteractionRequest.Config said = request.config();
    requireOneOf("thinking_level", said.thinkingLevel(), LEVELS);
    requireOneOf("thinking_summaries", said.thinkingSummaries(), SUMMARIES);
    String level = said.thinkingLevel();
    TextFormat format = TextFormat.of(request.responseFormat(), request.responseMimeType());
    return new GenerationConfig(
        null,
        said.stopSequences(),
        said.maxOutputTokens(),
        said.temperature(),
        said.topP(),
        null,
        said.seed(),
        null,
        null,
        format.mimeType(),
        null,
        format.schema(),
        null,
        null,
        null,
        request.responseModalities() == null
            ? null
            : request.responseModalities().stream()
                .map(modality -> modality.toUpperCase(Locale.ROOT))
                .toList(),
        new GenerationConfig.ThinkingConfig(
            request.showsThoughts(), null, level == null ? null : level.toUpperCase(Locale.ROOT)),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static void requireOneOf(String name, @Nullable String value, Set<String> values) {
    if (value != null && !values.contains(value)) {
      throw ApiException.invalid(
          "generation_config." + name,
          "generation_config.%s: expected %s, found \"%s\"."
              .formatted(name, String.join(", ", values.stream().sorted().toList()), value));
    }
  }
}
