package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenCountEstimator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's own client of the Gemini API, unmodified. */
final class LangChain4jIT {
  private static RunningServer server;
  private static GoogleAiGeminiChatModel model;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    model =
        GoogleAiGeminiChatModel.builder()
            .baseUrl(server.url() + "/v1beta")
            .apiKey("any")
            .modelName("gemini-pro")
            .temperature(0.0)
            .maxOutputTokens(24)
            .build();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void generates() {
    ChatResponse response =
        model.chat(ChatRequest.builder().messages(UserMessage.from("Once upon a time")).build());
    assertThat(response.aiMessage().text()).startsWith(", there was a little girl named Lily.");
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(24);
  }

  @Test
  void streamsTheSameText() throws Exception {
    GoogleAiGeminiStreamingChatModel streaming =
        GoogleAiGeminiStreamingChatModel.builder()
            .baseUrl(server.url() + "/v1beta")
            .apiKey("any")
            .modelName("gemini-pro")
            .temperature(0.0)
            .maxOutputTokens(24)
            .build();
    StringBuilder pieces = new StringBuilder();
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    streaming.chat(
        "Once upon a time",
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            pieces.append(piece);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            whole.completeExceptionally(error);
          }
        });
    assertThat(whole.get(60, TimeUnit.SECONDS).aiMessage().text())
        .isEqualTo(model.chat("Once upon a time"));
    assertThat(pieces).hasToString(model.chat("Once upon a time"));
  }

  @Test
  void countsTokens() {
    GoogleAiGeminiTokenCountEstimator estimator =
        GoogleAiGeminiTokenCountEstimator.builder()
            .baseUrl(server.url() + "/v1beta")
            .apiKey("any")
            .modelName("gemini-pro")
            .build();
    assertThat(estimator.estimateTokenCountInText("Once upon a time"))
        .isEqualTo(
            server
                .assistant()
                .countTokens(new ai.pollux.assistant.Prompt.Raw("Once upon a time"))
                .total());
  }
}
