package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the OpenAI API taken apart. It lies below {@code /v1beta/openai} as Google has it,
 * below {@code /openai/v1}, in Vertex's {@code endpoints/openapi}, and, but for the models, which
 * are Gemini's there, below {@code /v1}.
 *
 * @param method what is asked, like {@code chat/completions}
 */
record OpenAiPath(String method) {
  private static final Pattern PATH =
      Pattern.compile(
          "(?:/(?:v1|v1beta|v1alpha)/openai"
              + "|/openai/v1"
              + "|/(?:v1|v1beta1)/projects/[^/]+/locations/[^/]+/endpoints/openapi"
              + "|/v1(?=/(?:chat/completions|responses|embeddings)(?:/|$)))"
              + "(?:/(.*?))?/?");

  /** The parts of a decoded path, or nothing where it is not one of the API's. */
  static Optional<OpenAiPath> parse(String path) {
    Matcher matcher = PATH.matcher(path.replaceAll("/{2,}", "/"));
    return matcher.matches()
        ? Optional.of(new OpenAiPath(matcher.group(1) == null ? "" : matcher.group(1)))
        : Optional.empty();
  }

  /** The model that {@code models/{id}} names. */
  Optional<String> model() {
    return method.startsWith("models/")
        ? Optional.of(method.substring("models/".length()))
        : Optional.empty();
  }
}
