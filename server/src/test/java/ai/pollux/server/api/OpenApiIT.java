package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /openapi.json}, as others read it, and held against what the server really answers. */
final class OpenApiIT {
  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aParserOfOthersReadsItWithoutComplaint() throws Exception {
    Reply reply = api.get("/openapi.json");
    assertThat(reply.status()).isEqualTo(200);

    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed =
        new OpenAPIV3Parser().readContents(reply.body(), List.of(), options);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.1");
    PathItem generate =
        parsed.getOpenAPI().getPaths().get("/v1beta/models/{model}:generateContent");
    Operation post = generate.getPost();
    assertThat(post.getOperationId()).isEqualTo("models.generateContent");
    assertThat(post.getRequestBody().getContent().get("application/json").getSchema().get$ref())
        .isEqualTo("#/components/schemas/GenerateContentRequest");
    assertThat(parsed.getOpenAPI().getComponents().getSchemas())
        .containsKeys("GenerateContentRequest", "Part.Blob", "ApiError", "FileResource");
    assertThat(parsed.getOpenAPI().getPaths().get("/healthz").getGet().getSecurity()).isEmpty();
  }

  @Test
  void answersAreAsItSays() throws Exception {
    JsonNode document = api.get("/openapi.json").json();
    String request =
        Api.request("Once", "\"maxOutputTokens\":3,\"responseLogprobs\":true,\"logprobs\":2");
    assertFits(document, "GenerateContentRequest", Api.parse(request));
    assertFits(document, "GenerateContentResponse", api.post(Api.GENERATE, request).json());
    for (JsonNode event : api.post(Api.STREAM, request).events()) {
      assertFits(document, "GenerateContentResponse", event);
    }
    assertFits(document, "Model.Page", api.get("/v1beta/models").json());
    assertFits(document, "Model", api.get(Api.MODEL).json());
    assertFits(
        document, "CountTokensResponse", api.post(Api.COUNT, Api.request("Once", "")).json());
    assertFits(document, "ApiError.Envelope", api.get("/v1beta/models/none").json());
    assertFits(document, "http.HealthResource.Health", api.get("/readyz").json());
    JsonNode uploaded =
        api.post("/upload/v1beta/files?uploadType=media", "some text", "Content-Type", "text/plain")
            .json();
    assertFits(document, "FileResource.Envelope", uploaded);
    assertFits(document, "FileResource.Page", api.get("/v1beta/files").json());
  }

  @Test
  void itsSchemasRefuseWhatIsNotSo() throws Exception {
    JsonNode document = api.get("/openapi.json").json();
    assertThat(errors(document, "Model", Api.parse("{\"name\": 3}"))).isNotEmpty();
  }

  private static void assertFits(JsonNode document, String name, JsonNode value) {
    assertThat(errors(document, name, value)).as("%s: %s", name, value).isEmpty();
  }

  /** Of a component's schema, whose references stay in the document; unknown members are wrong. */
  private static List<?> errors(JsonNode document, String name, JsonNode value) {
    ObjectNode whole = (ObjectNode) document.deepCopy();
    JsonNode schemas = whole.at("/components/schemas");
    assertThat(schemas.path(name).isObject()).as(name).isTrue();
    schemas.forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
    whole.put("$ref", "#/components/schemas/" + name);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    return schema.validate(value);
  }
}
