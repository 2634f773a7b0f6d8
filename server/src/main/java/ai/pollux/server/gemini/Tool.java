package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the model may use. Pollux takes function declarations and looks into its own stores of
 * documents; the other hosted tools are read so that they can be refused by name.
 */
public record Tool(
    @Nullable List<FunctionDeclaration> functionDeclarations,
    @Nullable JsonNode googleSearch,
    @Nullable JsonNode googleSearchRetrieval,
    @Nullable JsonNode codeExecution,
    @Nullable JsonNode urlContext,
    @Nullable FileSearch fileSearch,
    @Nullable JsonNode googleMaps,
    @Nullable JsonNode computerUse,
    @Nullable JsonNode mcpServers) {

  /** The same without stores to look into. */
  Tool withoutFileSearch() {
    return new Tool(
        functionDeclarations,
        googleSearch,
        googleSearchRetrieval,
        codeExecution,
        urlContext,
        null,
        googleMaps,
        computerUse,
        mcpServers);
  }

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
