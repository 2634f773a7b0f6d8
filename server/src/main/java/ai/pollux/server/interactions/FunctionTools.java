package ai.pollux.server.interactions;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Tool;
import ai.pollux.server.gemini.ToolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions of a request, and how they may be called. */
final class FunctionTools {
  private static final String CHOICE = "generation_config.tool_choice";
  private static final Set<String> MODES = Set.of("auto", "any", "none", "validated");

  private FunctionTools() {}

  /**
   * The functions as the Gemini API declares them.
   *
   * @throws ApiException INVALID_ARGUMENT for tools that are hosted elsewhere
   */
  static List<Tool> tools(@Nullable List<InteractionRequest.Tool> tools) {
    List<Tool.FunctionDeclaration> declared = new ArrayList<>();
    for (int i = 0; tools != null && i < tools.size(); i++) {
      InteractionRequest.Tool tool = tools.get(i);
      String place = "tools[" + i + "]";
      if (!"function".equals(tool.type())) {
        throw ApiException.invalid(
            place + ".type",
            "%s.type: this server has no \"%s\" tool; declare functions of your own instead."
                .formatted(place, tool.type()));
      }
      declared.add(
          new Tool.FunctionDeclaration(
              tool.name(),
              tool.description(),
              null,
              parameters(tool.parameters(), place),
              null,
              null,
              null));
    }
    return declared.isEmpty()
        ? List.of()
        : List.of(new Tool(declared, null, null, null, null, null, null, null, null));
  }

  private static @Nullable JsonNode parameters(@Nullable JsonNode schema, String place) {
    if (schema == null || schema.isNull()) {
      return null;
    }
    if (!schema.isObject()) {
      throw ApiException.invalid(
          place + ".parameters",
          "Invalid value at '%s.parameters': expected a schema object.".formatted(place));
    }
    // An object without members takes no arguments; templates and grammars know that as no schema.
    boolean takesNone =
        schema.path("type").asString("").equalsIgnoreCase("object")
            && schema.path("properties").isEmpty();
    return takesNone ? null : schema;
  }

  /**
   * What {@code tool_choice} comes to.
   *
   * @throws ApiException INVALID_ARGUMENT
   */
  static @Nullable ToolConfig choice(
      @Nullable JsonNode choice, @Nullable List<InteractionRequest.Tool> tools) {
    if (choice == null || choice.isNull()) {
      return null;
    }
    JsonNode allowed = choice.path("allowed_tools");
    String mode = choice.isString() ? choice.stringValue() : allowed.path("mode").asString("auto");
    if (!MODES.contains(mode) || !(choice.isString() || allowed.isObject())) {
      throw ApiException.invalid(
          CHOICE,
          "%s: expected auto, any, none, validated or allowed_tools, found %s."
              .formatted(CHOICE, choice));
    }
    List<String> declared =
        tools == null
            ? List.of()
            : tools.stream().map(tool -> tool.name() == null ? "" : tool.name()).toList();
    List<String> names =
        allowed.path("tools").valueStream().map(name -> name.asString("")).toList();
    for (String name : names) {
      if (!declared.contains(name)) {
        throw ApiException.invalid(
            CHOICE, "%s: the function \"%s\" is not among the tools.".formatted(CHOICE, name));
      }
    }
    if (mode.equals("any") && declared.isEmpty()) {
      throw ApiException.invalid(CHOICE, CHOICE + ": \"any\" needs tools.");
    }
    // Which functions may be called can only be kept to where calls are held to a form.
    String held = mode.equals("auto") && !names.isEmpty() ? "validated" : mode;
    return new ToolConfig(
        new ToolConfig.FunctionCallingConfig(
            held.toUpperCase(Locale.ROOT),
            names.isEmpty() || mode.equals("none") ? null : names,
            null),
        null,
        null);
  }
}
