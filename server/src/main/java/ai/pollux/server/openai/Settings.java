package ai.pollux.server.openai;

import ai.pollux.content.Json;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.GenerationConfig.ThinkingConfig;
import ai.pollux.server.gemini.MediaMapping;
import ai.pollux.server.gemini.RequestMapping;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What chat completions and responses say in the same words. */
final class Settings {
  private static final int MOST_LOGPROBS = 20;

  private Settings() {}

  /** Temperature and top-p. */
  static Sampling sampling(Sampling defaults, @Nullable Double temperature, @Nullable Double topP) {
    Sampling sampling = defaults;
    if (temperature != null) {
      sampling = sampling.withTemperature((float) Ranges.within("temperature", temperature, 0, 2));
    }
    if (topP != null) {
      // A share of 0 still leaves the likeliest token.
      sampling =
          sampling.withTopP(Math.max(Float.MIN_NORMAL, (float) Ranges.within("top_p", topP, 0, 1)));
    }
    return sampling;
  }

  /** With log-probabilities of the chosen tokens and of so many likeliest ones. */
  static Sampling withLogprobs(Sampling sampling, @Nullable Integer top) {
    return sampling.withLogprobs(
        top == null ? 0 : Ranges.within("top_logprobs", top, 0, MOST_LOGPROBS));
  }

  static OptionalInt maxTokens(String name, @Nullable Integer most) {
    return most == null
        ? OptionalInt.empty()
        : OptionalInt.of(Ranges.within(name, most, 1, Integer.MAX_VALUE));
  }

  /**
   * Whether the model is to think first: as {@code google.thinking_config} says, else as the effort
   * does. The budgets are those of Google's OpenAI endpoint.
   */
  static boolean isThinking(@Nullable String effort, Google google, String place) {
    ThinkingConfig said = google.thinkingConfig();
    if (said != null) {
      String level = said.thinkingLevel();
      return RequestMapping.isThinking(
          new ThinkingConfig(
              said.includeThoughts(),
              said.thinkingBudget(),
              level == null ? null : level.toUpperCase(Locale.ROOT)));
    }
    if (effort == null) {
      return false;
    }
    int budget =
        switch (effort) {
          case "none", "minimal" -> 0;
          case "low" -> 1024;
          case "medium" -> 8192;
          case "high", "xhigh", "max" -> 24_576;
          default ->
              throw ApiException.invalid(
                  place,
                  "%s: expected none, minimal, low, medium, high, xhigh or max, found \"%s\"."
                      .formatted(place, effort));
        };
    return RequestMapping.isThinking(new ThinkingConfig(null, budget, null));
  }

  static MediaResolution resolution(Google google) {
    String name = google.mediaResolution();
    return MediaMapping.resolution(
        name == null ? null : name.toUpperCase(Locale.ROOT), "google.media_resolution");
  }

  /** A function as a tool. */
  static ToolDeclaration tool(ChatRequest.@Nullable Function function, String place) {
    String name = function == null || function.name() == null ? "" : function.name();
    if (function == null || !name.matches("[A-Za-z0-9_:.-]{1,128}")) {
      throw ApiException.invalid(
          place + ".name",
          "Invalid '%s.name': expected 1 to 128 letters, digits or any of _ : . -, found \"%s\"."
              .formatted(place, name));
    }
    Json.Obj parameters = OpenAiJson.schema(function.parameters(), place + ".parameters");
    // An object without members takes no arguments; templates and grammars know that as no schema.
    boolean takesNone =
        parameters.member("properties").equals(Json.Obj.EMPTY)
            && parameters.member("type").equals(Json.of("object"));
    return new ToolDeclaration(
        name,
        function.description() == null ? "" : function.description(),
        takesNone ? Json.Obj.EMPTY : parameters);
  }

  /** A tool that is no function cannot be had. */
  static void requireFunction(@Nullable String type, String place) {
    if (type != null && !type.equals("function")) {
      throw ApiException.invalid(
          place + ".type",
          "%s.type: this server has no \"%s\" tool; declare functions of your own instead."
              .formatted(place, type));
    }
  }
}
