package ai.pollux.server.gemini;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Conversation;
import ai.pollux.engine.sample.Sampling;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the API as requests to the assistant; every value out of range is refused by name.
 */
public final class RequestMapping {
  private static final int MOST_STOP_SEQUENCES = 5;
  private static final int MOST_CANDIDATES = 8;
  private static final int MOST_LOGPROBS = 20;

  private RequestMapping() {}

  /**
   * What to answer.
   *
   * @param files opens what the request names by address
   * @param defaults how tokens are picked where the request says nothing
   * @throws ApiException INVALID_ARGUMENT
   */
  public static AnswerRequest answer(
      GenerateContentRequest request, FileOpener files, Sampling defaults) {
    return answer(request, prompt(request, files), defaults);
  }

  /**
   * What to answer where another API has written the conversation down; the request says the rest.
   *
   * @param conversation without tools: those are the request's
   * @throws ApiException INVALID_ARGUMENT
   */
  public static AnswerRequest answer(
      GenerateContentRequest request, Conversation conversation, Sampling defaults) {
    Conversation whole =
        new Conversation(
            conversation.system(), conversation.turns(), ToolMapping.declarations(tools(request)));
    return answer(
        request, new Prompt.Chat(whole, isThinking(config(request).thinkingConfig())), defaults);
  }

  private static AnswerRequest answer(
      GenerateContentRequest request, Prompt.Chat prompt, Sampling defaults) {
    GenerationConfig config = config(request);
    refuseUnsupported(config);
    OptionalInt maxTokens =
        config.maxOutputTokens() == null
            ? OptionalInt.empty()
            : OptionalInt.of(
                inRange("max_output_tokens", config.maxOutputTokens(), 1, Integer.MAX_VALUE));
    int candidates =
        config.candidateCount() == null
            ? 1
            : inRange("candidate_count", config.candidateCount(), 1, MOST_CANDIDATES);
    return new AnswerRequest(
        prompt,
        sampling(config, defaults),
        maxTokens,
        candidates,
        stops(config),
        ShapeMapping.shape(config, request.toolConfig(), prompt.conversation().tools()));
  }

  /** The tools that the model is told of. */
  private static @Nullable List<Tool> tools(GenerateContentRequest request) {
    return ToolMapping.mode(request.toolConfig()) == ToolMapping.Mode.NONE ? null : request.tools();
  }

  /** What to continue. */
  public static Prompt.Chat prompt(GenerateContentRequest request, FileOpener files) {
    Conversation conversation =
        new ConversationMapping(
                MediaMapping.resolution(
                    config(request).mediaResolution(), "generation_config.media_resolution"),
                files)
            .conversation(request.contents(), request.systemInstruction(), tools(request));
    return new Prompt.Chat(conversation, isThinking(config(request).thinkingConfig()));
  }

  /**
   * What {@code countTokens} is to count: the contents, or a whole request.
   *
   * @throws ApiException INVALID_ARGUMENT, also where both are given
   */
  public static Prompt prompt(CountTokensRequest request, FileOpener files) {
    GenerateContentRequest whole = request.generateContentRequest();
    if (whole != null && request.contents() != null) {
      throw ApiException.invalid(
          "contents", "contents and generate_content_request must not both be set.");
    }
    return prompt(
        whole != null
            ? FileSearchRequests.without(whole)
            : new GenerateContentRequest(
                request.model(),
                request.contents(),
                request.systemInstruction(),
                request.tools(),
                null,
                null,
                request.generationConfig(),
                null,
                null,
                null,
                null),
        files);
  }

  /** Whether the answer shows the model's thinking. */
  public static boolean includesThoughts(GenerateContentRequest request) {
    GenerationConfig.ThinkingConfig thinking = config(request).thinkingConfig();
    return thinking != null && Boolean.TRUE.equals(thinking.includeThoughts());
  }

  private static GenerationConfig config(GenerateContentRequest request) {
    return request.generationConfig() == null
        ? GenerationConfig.DEFAULT
        : request.generationConfig();
  }

  /** Thinking is off unless it is asked for: by a budget, by a level, or by asking to see it. */
  public static boolean isThinking(GenerationConfig.@Nullable ThinkingConfig thinking) {
    if (thinking == null) {
      return false;
    }
    if (thinking.thinkingBudget() != null) {
      return thinking.thinkingBudget() != 0;
    }
    String level = thinking.thinkingLevel();
    return level == null
        ? Boolean.TRUE.equals(thinking.includeThoughts())
        : !level.equals("MINIMAL");
  }

  private static Sampling sampling(GenerationConfig config, Sampling defaults) {
    Sampling sampling = defaults;
    if (config.temperature() != null) {
      sampling =
          sampling.withTemperature((float) inRange("temperature", config.temperature(), 0, 2));
    }
    if (config.topP() != null) {
      // A share of 0 still leaves the likeliest token.
      sampling =
          sampling.withTopP(
              Math.max(Float.MIN_NORMAL, (float) inRange("top_p", config.topP(), 0, 1)));
    }
    if (config.topK() != null) {
      sampling = sampling.withTopK((int) inRange("top_k", config.topK(), 1, Integer.MAX_VALUE));
    }
    if (config.seed() != null) {
      sampling = sampling.withSeed(config.seed());
    }
    double presence =
        config.presencePenalty() == null
            ? 0
            : inRange("presence_penalty", config.presencePenalty(), -2, 2);
    double frequency =
        config.frequencyPenalty() == null
            ? 0
            : inRange("frequency_penalty", config.frequencyPenalty(), -2, 2);
    sampling = sampling.withPenalties((float) presence, (float) frequency);
    return withLogprobs(sampling, config);
  }

  private static Sampling withLogprobs(Sampling sampling, GenerationConfig config) {
    boolean isAsked = Boolean.TRUE.equals(config.responseLogprobs());
    if (config.logprobs() == null) {
      return isAsked ? sampling.withLogprobs(0) : sampling;
    }
    int most = inRange("logprobs", config.logprobs(), 0, MOST_LOGPROBS);
    if (!isAsked) {
      throw invalid("logprobs", "logprobs is only used with response_logprobs: true.");
    }
    return sampling.withLogprobs(most);
  }

  private static List<String> stops(GenerationConfig config) {
    List<String> stops = config.stopSequences() == null ? List.of() : config.stopSequences();
    inRange("stop_sequences", stops.size(), 0, MOST_STOP_SEQUENCES);
    if (stops.stream().anyMatch(String::isEmpty)) {
      throw invalid("stop_sequences", "A stop sequence must not be empty.");
    }
    return stops;
  }

  private static void refuseUnsupported(GenerationConfig config) {
    List<String> modalities =
        config.responseModalities() == null ? List.of() : config.responseModalities();
    if (modalities.stream()
        .anyMatch(
            modality -> !modality.equals("TEXT") && !modality.equals("MODALITY_UNSPECIFIED"))) {
      throw invalid(
          "response_modalities", "This server answers in TEXT; found %s.".formatted(modalities));
    }
  }

  private static int inRange(String name, int value, int least, int most) {
    return (int) inRange(name, (double) value, least, most);
  }

  private static double inRange(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw invalid(
          name,
          "Unable to submit request because %s is %s; expected %s."
              .formatted(name, number(value), range(least, most)));
    }
    return value;
  }

  private static String range(double least, double most) {
    return most == Integer.MAX_VALUE
        ? "at least " + number(least)
        : number(least) + " to " + number(most);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static ApiException invalid(String name, String message) {
    return ApiException.invalid("generation_config." + name, message);
  }
}
