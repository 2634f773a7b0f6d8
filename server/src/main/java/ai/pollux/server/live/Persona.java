package ai.pollux.server.live;

import ai.pollux.assistant.Assistant;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.gemini.RequestMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who answers in a session: a model with the instructions, tools and settings of the setup. */
record Persona(Assistant assistant, Setup setup, FileOpener files) {
  /**
   * As the setup says.
   *
   * @throws ApiException NOT_FOUND, or INVALID_ARGUMENT where a value is wrong; told now, not at
   *     the first turn
   */
  static Persona of(Setup setup, LiveModels models, FileOpener files) {
    String model = setup.model() == null ? "" : setup.model();
    String name =
        model.substring(model.lastIndexOf("models/") < 0 ? 0 : model.lastIndexOf("models/") + 7);
    if (name.isEmpty()) {
      throw ApiException.invalid("setup.model", "setup.model: expected models/ and a name.");
    }
    Persona persona = new Persona(models.find(name), setup, files);
    GenerateContentRequest probe =
        persona.request(List.of(new Content(List.of(Part.ofText("")), "user")));
    int candidates =
        RequestMapping.answer(probe, files, persona.assistant.defaultSampling()).candidates();
    if (candidates != 1) {
      throw ApiException.invalid(
          "setup.generation_config.candidate_count",
          "candidate_count: a live session has 1, found %d.".formatted(candidates));
    }
    return persona;
  }

  /** The request that asks for an answer to a dialogue. */
  GenerateContentRequest request(List<Content> contents) {
    return new GenerateContentRequest(
        null,
        contents,
        setup.systemInstruction(),
        setup.tools(),
        setup.toolConfig(),
        setup.safetySettings(),
        setup.generationConfig(),
        null,
        null,
        null,
        null);
  }

  /** How long the prompt of a dialogue is, in tokens. */
  int tokens(List<Content> contents) {
    return assistant.countTokens(RequestMapping.prompt(request(contents), files)).total();
  }

  /** Whether the oldest turns may be dropped. */
  boolean mayForget() {
    return setup.contextWindowCompression() != null;
  }

  /** The length of a prompt from which on the oldest turns are dropped: 80 % of the context. */
  long triggerTokens() {
    Long given =
        setup.contextWindowCompression() == null
            ? null
            : setup.contextWindowCompression().triggerTokens();
    return given == null ? assistant.contextLength() * 4L / 5 : Math.max(1, given);
  }

  /** The length that is left then: half of it. */
  long targetTokens() {
    Setup.@Nullable SlidingWindow window =
        setup.contextWindowCompression() == null
            ? null
            : setup.contextWindowCompression().slidingWindow();
    Long given = window == null ? null : window.targetTokens();
    return given == null ? triggerTokens() / 2 : given;
  }
}
