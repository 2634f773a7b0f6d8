package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the model may use. Pollux runs function declarations; the hosted tools are read so that they
 * can be refused by name.
 */
public record Tool(
    @Nullable List<FunctionDeclaration> functionDeclarations,
    @Nullable JsonNode googleSearch,
    @Nullable JsonNode googleSearchRetrieval,
    @Nullable JsonNode codeExecution,
    @Nullable JsonNode urlContext,
    @Nullable JsonNode fileSearch,
    @Nullable JsonNode googleMaps,
    @Nullable JsonNode computerUse,
    @Nullable JsonNode mcpServers) {

  /** A function that the client can run. */
  public record FunctionDeclaration(
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonNode parameters,
      @Nullable JsonNode parametersJsonSchema,
      @Nullable JsonNode response,
      @Nullable JsonNode responseJsonSchema,
      @Nullable String behavior) {}
}
