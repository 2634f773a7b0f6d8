package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How tools may be used. */
public record ToolConfig(
    @Nullable FunctionCallingConfig functionCallingConfig,
    @Nullable JsonNode retrievalConfig,
    @Nullable Boolean includeServerSideToolInvocations) {

  /** {@code mode}: AUTO, ANY, NONE or VALIDATED. */
  public record FunctionCallingConfig(
      @Nullable String mode,
      @Nullable List<String> allowedFunctionNames,
      @Nullable Boolean streamFunctionCallArguments) {}
}
