package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.googleai.GeminiFiles;
import dev.langchain4j.model.googleai.GeminiMode;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiModelCatalog;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's client with a model that calls functions and sees. */
final class LangChain4jToolsIT {
  private static final JsonObjectSchema DISH =
      JsonObjectSchema.builder()
          .addStringProperty("name")
          .addEnumProperty("size", List.of("small", "large"))
          .required("name", "size")
          .build();

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.nano();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder model() {
    return GoogleAiGeminiChatModel.builder()
        .baseUrl(server.url() + "/v1beta")
        .apiKey("any")
        .modelName("gemini-pro")
        .temperature(0.0)
        .maxRetries(0)
        .maxOutputTokens(60);
  }

  @Test
  void answersAConversationWithASystemMessage() {
    assertThat(
            model()
                .build()
                .chat(
                    SystemMessage.from("Be short."),
                    UserMessage.from("Hello"),
                    AiMessage.from("Hello."),
                    UserMessage.from("What is 2 + 3?"))
                .aiMessage()
                .text())
        .isNotEmpty();
  }

  @Test
  void callsAToolAndTakesItsResult() {
    ToolSpecification cook =
        ToolSpecification.builder().name("cook").description("Cooks").parameters(DISH).build();
    UserMessage asked = UserMessage.from("A soup");
    AiMessage called =
        model()
            .toolConfig(GeminiMode.ANY, "cook")
            .build()
            .chat(ChatRequest.builder().messages(asked).toolSpecifications(cook).build())
            .aiMessage();
    assertThat(called.toolExecutionRequests()).isNotEmpty();
    called.toolExecutionRequests().forEach(call -> assertDish(call.arguments()));
    ToolExecutionRequest first = called.toolExecutionRequests().getFirst();
    AiMessage after =
        model()
            .build()
            .chat(
                ChatRequest.builder()
                    .messages(asked, called, ToolExecutionResultMessage.from(first, "done"))
                    .toolSpecifications(cook)
                    .build())
            .aiMessage();
    assertThat(after).isNotNull();
  }

  @Test
  void answersWithASchema() {
    ResponseFormat format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("dish").rootElement(DISH).build())
            .build();
    assertDish(model().responseFormat(format).build().chat("A soup"));
  }

  @Test
  void showsAnImage() throws IOException {
    UserMessage message =
        UserMessage.from(
            ImageContent.from(Base64.getEncoder().encodeToString(png()), "image/png"),
            TextContent.from("What is this?"));
    assertThat(model().build().chat(message).aiMessage().text()).isNotEmpty();
  }

  @Test
  void uploadsListsAndDeletesFiles() throws Exception {
    GeminiFiles files = GeminiFiles.builder().baseUrl(server.url()).apiKey("any").build();
    GeminiFiles.GeminiFile file = files.uploadFile(png(), "image/png", "grey");
    assertThat(file.isActive()).isTrue();
    assertThat(files.getMetadata(file.name()).displayName()).isEqualTo("grey");
    assertThat(files.listFiles()).extracting(GeminiFiles.GeminiFile::name).contains(file.name());
    files.deleteFile(file.name());
    assertThat(files.listFiles())
        .extracting(GeminiFiles.GeminiFile::name)
        .doesNotContain(file.name());
  }

  @Test
  void listsModels() {
    List<ModelDescription> models =
        GoogleAiGeminiModelCatalog.builder()
            .baseUrl(server.url() + "/v1beta")
            .apiKey("any")
            .build()
            .listModels();
    assertThat(models).extracting(ModelDescription::name).containsExactly("pollux-nano");
  }

  @Test
  void anUnknownModelIsNotFound() {
    assertThatThrownBy(() -> model().modelName("no-such-model").build().chat("Hello"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("is not found for API version");
  }

  private static void assertDish(String json) {
    JsonNode dish = JsonMapper.shared().readTree(json);
    assertThat(dish.path("name").isString()).as(json).isTrue();
    assertThat(dish.path("size").asString()).isIn("small", "large");
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(24, 24, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }
}
