package ai.pollux.server.gemini;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API's tools as declarations. What Google hosts cannot be had here and is refused by name. */
final class ToolMapping {
  private static final String MODE = "tool_config.function_calling_config.mode";
  private static final String ALLOWED =
      "tool_config.function_calling_config.allowed_function_names";

  private ToolMapping() {}

  static List<ToolDeclaration> declarations(@Nullable List<Tool> tools) {
    List<ToolDeclaration> declarations = new ArrayList<>();
    List<Tool> given = tools == null ? List.of() : tools;
    for (int i = 0; i < given.size(); i++) {
      Tool tool = given.get(i);
      refuseHosted(tool, "tools[" + i + "]");
      List<Tool.FunctionDeclaration> functions =
          tool.functionDeclarations() == null ? List.of() : tool.functionDeclarations();
      for (int j = 0; j < functions.size(); j++) {
        declarations.add(
            declaration(functions.get(j), "tools[%d].function_declarations[%d]".formatted(i, j)));
      }
    }
    return declarations;
  }

  /** Whether the model may, must or must not call. */
  enum Mode {
    /** It may, as it likes. */
    AUTO,
    /** It must. */
    ANY,
    /** It may not, and is not told of the tools. */
    NONE,
    /** It may; its calls keep to their schemas. */
    VALIDATED
  }

  static Mode mode(@Nullable ToolConfig config) {
    ToolConfig.FunctionCallingConfig calling =
        config == null ? null : config.functionCallingConfig();
    String mode = calling == null || calling.mode() == null ? "AUTO" : calling.mode();
    return switch (mode) {
      case "AUTO", "MODE_UNSPECIFIED" -> Mode.AUTO;
      case "ANY" -> Mode.ANY;
      case "NONE" -> Mode.NONE;
      case "VALIDATED" -> Mode.VALIDATED;
      default ->
          throw ApiException.invalid(
              MODE,
              "This server knows the modes AUTO, ANY, NONE and VALIDATED; found \"%s\"."
                  .formatted(mode));
    };
  }

  /** The functions that may be called; empty where nothing is said. */
  static List<String> allowedNames(@Nullable ToolConfig config, List<ToolDeclaration> tools) {
    ToolConfig.FunctionCallingConfig calling =
        config == null ? null : config.functionCallingConfig();
    List<String> names =
        calling == null || calling.allowedFunctionNames() == null
            ? List.of()
            : calling.allowedFunctionNames();
    Mode mode = mode(config);
    if (mode == Mode.ANY && tools.isEmpty()) {
      throw ApiException.invalid(MODE, "Mode ANY needs tools with function_declarations.");
    }
    if (!names.isEmpty() && mode != Mode.ANY && mode != Mode.VALIDATED) {
      throw ApiException.invalid(
          ALLOWED,
          "allowed_function_names is used with the modes ANY and VALIDATED; found %s."
              .formatted(mode));
    }
    for (String name : names) {
      if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
        throw ApiException.invalid(
            ALLOWED, "allowed_function_names: \"%s\" is not declared.".formatted(name));
      }
    }
    return names;
  }

  private static ToolDeclaration declaration(Tool.FunctionDeclaration function, String place) {
    String name = function.name();
    if (name == null || !name.matches("[A-Za-z0-9_:.-]{1,128}")) {
      throw ApiException.invalid(
          place + ".name",
          "Invalid function name \"%s\": expected 1 to 128 letters, digits or any of _ : . -"
              .formatted(name));
    }
    JsonNode parameters =
        function.parametersJsonSchema() == null
            ? function.parameters()
            : function.parametersJsonSchema();
    JsonNode response =
        function.responseJsonSchema() == null ? function.response() : function.responseJsonSchema();
    return new ToolDeclaration(
        name,
        function.description() == null ? "" : function.description(),
        object(parameters, place + ".parameters"),
        object(response, place + ".response"));
  }

  private static Json.Obj object(@Nullable JsonNode schema, String place) {
    if (SchemaSpelling.camelCase(ConversationMapping.json(schema)) instanceof Json.Obj object) {
      return object;
    }
    throw ApiException.invalid(
        place, "Invalid value at '%s': expected a schema object.".formatted(place));
  }

  private static void refuseHosted(Tool tool, String place) {
    refuse(
        tool.googleSearch() != null || tool.googleSearchRetrieval() != null,
        place,
        "google_search");
    refuse(tool.codeExecution() != null, place, "code_execution");
    refuse(tool.urlContext() != null, place, "url_context");
    if (tool.fileSearch() != null) {
      throw ApiException.invalid(
          place + ".file_search",
          "file_search works in generateContent and streamGenerateContent, and not in live sessions.");
    }
    refuse(tool.googleMaps() != null, place, "google_maps");
    refuse(tool.computerUse() != null, place, "computer_use");
    refuse(tool.mcpServers() != null && !tool.mcpServers().isEmpty(), place, "mcp_servers");
  }

  private static void refuse(boolean isGiven, String place, String tool) {
    if (isGiven) {
      throw ApiException.invalid(
          place + "." + tool,
          "This server has no %s tool; declare functions of your own instead.".formatted(tool));
    }
  }
}
