package ai.pollux.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.library.Pollux;
import ai.pollux.library.PolluxOptions;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's interfaces over the bundled model. */
final class PolluxChatModelIT {
  private static final JsonObjectSchema ITEM =
      JsonObjectSchema.builder()
          .addEnumProperty("item", List.of("lamp", "chair"))
          .required("item")
          .build();
  private static final ToolSpecification PRICE =
      ToolSpecification.builder()
          .name("get_price")
          .description("The price of a thing")
          .parameters(ITEM)
          .build();

  private static Pollux pollux;
  private static PolluxChatModel model;

  @BeforeAll
  static void open() {
    pollux = Pollux.open(PolluxOptions.BUNDLED.withThreads(2));
    model = new PolluxChatModel(pollux);
  }

  @AfterAll
  static void close() {
    pollux.close();
  }

  @Test
  void answersWithTokensAndReason() {
    ChatResponse response =
        model.chat(
            ChatRequest.builder()
                .messages(SystemMessage.from("Be brief."), UserMessage.from("What is 2 + 3?"))
                .build());
    assertThat(response.aiMessage().text()).isNotBlank();
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.tokenUsage().inputTokenCount()).isPositive();
    assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    assertThat(response.modelName()).isEqualTo("pollux-nano");
    assertThat(model.chat("What is 2 + 3?"))
        .isEqualTo(pollux.ask("What is 2 + 3?").generate().text());
  }

  @Test
  void keepsToWhatRequestsAndDefaultsSay() {
    PolluxChatModel brief =
        new PolluxChatModel(pollux, ChatRequestParameters.builder().maxOutputTokens(3).build());
    ChatResponse response = brief.chat(UserMessage.from("Tell me a story."));
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    ChatRequest other =
        ChatRequest.builder()
            .messages(UserMessage.from("Tell me a story."))
            .maxOutputTokens(5)
            .temperature(0.0)
            .topK(1)
            .topP(0.5)
            .build();
    assertThat(brief.chat(other).tokenUsage().outputTokenCount()).isEqualTo(5);
  }

  @Test
  void callsToolsAndTakesTheirResults() {
    UserMessage question = UserMessage.from("What does the lamp cost?");
    ChatResponse called =
        model.chat(
            ChatRequest.builder()
                .messages(question)
                .toolSpecifications(PRICE)
                .toolChoice(ToolChoice.REQUIRED)
                .maxOutputTokens(40)
                .build());
    assertThat(called.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    List<ToolExecutionRequest> calls = called.aiMessage().toolExecutionRequests();
    assertThat(calls.getFirst().name()).isEqualTo("get_price");
    JsonNode arguments = JsonMapper.shared().readTree(calls.getFirst().arguments());
    assertThat(arguments.path("item").asString()).isIn("lamp", "chair");
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(question);
    messages.add(called.aiMessage());
    calls.forEach(call -> messages.add(ToolExecutionResultMessage.from(call, "12 euros")));
    ChatResponse answered =
        model.chat(
            ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(PRICE)
                .maxOutputTokens(20)
                .build());
    assertThat(answered.tokenUsage().inputTokenCount())
        .isGreaterThan(called.tokenUsage().inputTokenCount());
  }

  @Test
  void answersInTheShapeOfASchema() {
    ResponseFormat format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("Item").rootElement(ITEM).build())
            .build();
    String json =
        model
            .chat(
                ChatRequest.builder()
                    .messages(UserMessage.from("Which thing?"))
                    .responseFormat(format)
                    .build())
            .aiMessage()
            .text();
    assertThat(JsonMapper.shared().readTree(json).path("item").asString()).isIn("lamp", "chair");
    assertThatThrownBy(() ->
            model.chat(
                ChatRequest.builder()
                    .messages(UserMessage.from("Which thing?"))
                    .responseFormat(format)
                    .toolSpecifications(PRICE)
                    .build()))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("Ask with tools first, then for JSON");
  }

  @Test
  void seesPicturesThatAreGivenWhole() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB), "png", png);
    String base64 = Base64.getEncoder().encodeToString(png.toByteArray());
    TextContent question = TextContent.from("Which digit is this?");
    ChatResponse seen =
        model.chat(UserMessage.from(ImageContent.from(base64, "image/png"), question));
    ChatResponse blind = model.chat(UserMessage.from(question));
    assertThat(seen.tokenUsage().inputTokenCount())
        .isGreaterThan(blind.tokenUsage().inputTokenCount());
    assertThatThrownBy(() ->
            model.chat(UserMessage.from(ImageContent.from("https://example.com/a.png"), question)))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining(
            "image by its address: nothing is fetched from elsewhere. Give its bytes in base64");
  }

  /** Collects, and cancels after so many pieces. */
  private static final class Collector implements StreamingChatResponseHandler {
    private final int most;
    private final List<String> pieces = new ArrayList<>();
    private final CompletableFuture<ChatResponse> done = new CompletableFuture<>();

    Collector(int most) {
      this.most = most;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      pieces.add(piece.text());
      if (pieces.size() == most) {
        context.streamingHandle().cancel();
        done.complete(ChatResponse.builder().aiMessage(AiMessage.from("cancelled")).build());
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      done.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      done.completeExceptionally(error);
    }
  }

  @Test
  void streamsAndEndsWhenItIsTold() throws Exception {
    PolluxStreamingChatModel streaming =
        new PolluxStreamingChatModel(
            pollux, ChatRequestParameters.builder().maxOutputTokens(20).build());
    Collector all = new Collector(-1);
    streaming.chat("Tell me a story.", all);
    ChatResponse response = all.done.get(60, TimeUnit.SECONDS);
    assertThat(String.join("", all.pieces)).isEqualTo(response.aiMessage().text());
    assertThat(all.pieces).hasSizeGreaterThan(5);
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(20);

    Collector some = new Collector(3);
    streaming.chat("Tell me a story.", some);
    assertThat(some.done.get(60, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("cancelled");

    Collector failed = new Collector(-1);
    streaming.chat(
        List.of(UserMessage.from(ImageContent.from("https://example.com/a.png"))), failed);
    assertThatThrownBy(() -> failed.done.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UnsupportedFeatureException.class);
  }
}
