package ai.pollux.server.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes endpoints as an <a href="https://spec.openapis.org/oas/v3.1.1">OpenAPI 3.1</a> document.
 */
public final class OpenApi {
  private static final String JSON = "application/json";

  /** Where a key may stand: name of the scheme, its place, what it is called there. */
  private static final Map<String, List<String>> KEYS =
      Map.of("keyHeader", List.of("header", "x-goog-api-key"), "keyQuery", List.of("query", "key"));

  private final Schemas schemas = new Schemas();
  private final ObjectNode root = JsonMapper.shared().createObjectNode();
  private final Class<?> error;

  private OpenApi(Class<?> error) {
    this.error = error;
  }

  /**
   * The document.
   *
   * @param error what every failed request is answered with
   */
  public static String document(Endpoints endpoints, Class<?> error) {
    return new OpenApi(error).write(endpoints);
  }

  private String write(Endpoints endpoints) {
    root.put("openapi", "3.1.1");
    root.putObject("info")
        .put("title", "Pollux")
        .put("version", "v1beta")
        .put(
            "description",
            "The Gemini API as this server speaks it. Where a path has v1beta, v1 and v1alpha mean the same.");
    secure();
    ObjectNode paths = root.putObject("paths");
    for (Endpoint endpoint : endpoints.all()) {
      describe(
          paths
              .withObjectProperty(endpoint.path())
              .putObject(endpoint.method().toLowerCase(Locale.ROOT)),
          endpoint);
    }
    ObjectNode components = root.putObject("components");
    components.set("schemas", schemas.components());
    ObjectNode schemes = components.putObject("securitySchemes");
    KEYS.forEach((scheme, place) ->
        schemes
            .putObject(scheme)
            .put("type", "apiKey")
            .put("in", place.getFirst())
            .put("name", place.getLast()));
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** Any of the keys will do. */
  private void secure() {
    ArrayNode security = root.putArray("security");
    for (String scheme : List.of("keyHeader", "keyQuery", "bearer")) {
      security.addObject().putArray(scheme);
    }
  }

  private void describe(ObjectNode node, Endpoint endpoint) {
    node.put("operationId", endpoint.id()).put("summary", endpoint.summary());
    ArrayNode parameters = node.putArray("parameters");
    for (String name : Endpoints.parameters(endpoint.path())) {
      parameter(parameters, name, "path", "string").put("required", true);
    }
    for (Parameter query : endpoint.query()) {
      parameter(parameters, query.name(), "query", query.type().schemaName())
          .put("description", query.description());
    }
    if (!(endpoint.request() instanceof Payload.None)) {
      ObjectNode body = node.putObject("requestBody").put("required", true);
      content(body, endpoint.request());
    }
    ObjectNode responses = node.putObject("responses");
    content(
        responses.putObject("200").put("description", "What was asked for."), endpoint.response());
    content(
        responses.putObject("default").put("description", "What failed, and why."),
        new Payload.Json(error));
    if (endpoint.isOpen()) {
      node.putArray("security");
    }
  }

  private static ObjectNode parameter(ArrayNode all, String name, String in, String type) {
    ObjectNode parameter = all.addObject().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", type);
    return parameter;
  }

  private void content(ObjectNode holder, Payload payload) {
    switch (payload) {
      case Payload.None _ -> {}
      case Payload.Json(Class<?> type) -> media(holder, JSON).set("schema", schemas.of(type));
      case Payload.Messages(Class<?> type) -> {
        media(holder, "text/event-stream").set("schema", schemas.of(type));
        ObjectNode array = media(holder, JSON).putObject("schema").put("type", "array");
        array.set("items", schemas.of(type));
      }
      case Payload.Raw(String mediaType) ->
          media(holder, mediaType).putObject("schema").put("type", "string");
    }
  }

  private static ObjectNode media(ObjectNode holder, String type) {
    return holder.withObjectProperty("content").putObject(type);
  }
}
