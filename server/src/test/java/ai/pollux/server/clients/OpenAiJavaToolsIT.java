package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.testkit.TestFiles;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartInputAudio;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ToolChoiceOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Functions and media through OpenAI's own Java SDK, with models of random weights. */
final class OpenAiJavaToolsIT {
  private static final FunctionParameters CITY =
      FunctionParameters.builder()
          .putAdditionalProperty("type", JsonValue.from("object"))
          .putAdditionalProperty(
              "properties",
              JsonValue.from(
                  Map.of(
                      "city", Map.of("type", "string", "maxLength", 8),
                      "days", Map.of("type", "integer", "minimum", 1, "maximum", 9))))
          .putAdditionalProperty("required", JsonValue.from(List.of("city", "days")))
          .putAdditionalProperty("additionalProperties", JsonValue.from(false))
          .build();

  private static RunningServer gemma;
  private static RunningServer mixed;
  private static OpenAIClient calling;
  private static OpenAIClient seeing;

  @BeforeAll
  static void start() {
    gemma = RunningServer.gemma();
    mixed = RunningServer.seeing();
    calling = client(gemma);
    seeing = client(mixed);
  }

  @AfterAll
  static void stop() {
    calling.close();
    seeing.close();
    gemma.close();
    mixed.close();
  }

  /** The arguments of {@link #CITY}. */
  static final class City {
    public String city = "";
    public int days;
  }

  @Test
  void callsFunctionsAndReadsTheirResults() {
    ChatCompletion called = calling.chat().completions().create(question().build());
    ChatCompletion.Choice choice = called.choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    List<ChatCompletionMessageFunctionToolCall> calls =
        choice.message().toolCalls().orElseThrow().stream().map(call -> call.asFunction()).toList();
    assertThat(calls).isNotEmpty().allSatisfy(OpenAiJavaToolsIT::assertKeepsToItsSchema);
    called.validate();

    ChatCompletionCreateParams.Builder next =
        question()
            .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
            .addMessage(choice.message());
    for (ChatCompletionMessageFunctionToolCall call : calls) {
      next.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(call.id())
              .content("{\"sky\": \"clear\"}")
              .build());
    }
    ChatCompletion answered = calling.chat().completions().create(next.maxTokens(8).build());
    assertThat(answered.choices().getFirst().message().toolCalls()).isEmpty();
    assertThat(answered.usage().orElseThrow().promptTokens()).isPositive();
  }

  @Test
  void streamsCalls() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        calling.chat().completions().createStreaming(question().build())) {
      stream.stream().forEach(whole::accumulate);
    }
    ChatCompletion.Choice choice = whole.chatCompletion().choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(choice.message().toolCalls().orElseThrow())
        .isNotEmpty()
        .allSatisfy(call -> assertKeepsToItsSchema(call.asFunction()));
  }

  @Test
  void respondsWithCallsAndReadsTheirResults() {
    List<ResponseInputItem> input = new ArrayList<>();
    input.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("What is the weather?")
                .build()));
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model("gemini-pro")
            .temperature(0)
            .maxOutputTokens(120)
            .parallelToolCalls(false)
            .addTool(
                FunctionTool.builder()
                    .name("weather")
                    .strict(true)
                    .parameters(
                        FunctionTool.Parameters.builder()
                            .additionalProperties(CITY._additionalProperties())
                            .build())
                    .build());
    Response called =
        calling
            .responses()
            .create(params.inputOfResponse(input).toolChoice(ToolChoiceOptions.REQUIRED).build());
    called.validate();
    List<ResponseFunctionToolCall> calls =
        called.output().stream().flatMap(item -> item.functionCall().stream()).toList();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().arguments(City.class).days).isBetween(1, 9);

    input.add(ResponseInputItem.ofFunctionCall(calls.getFirst()));
    input.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(calls.getFirst().callId())
                .output("{\"sky\": \"clear\"}")
                .build()));
    Response answered =
        calling
            .responses()
            .create(
                params
                    .inputOfResponse(input)
                    .toolChoice(ToolChoiceOptions.NONE)
                    .maxOutputTokens(8)
                    .build());
    assertThat(answered.output()).allSatisfy(item -> assertThat(item.isMessage()).isTrue());
  }

  @Test
  void seesImagesAndHearsSounds() throws Exception {
    String image =
        "data:image/png;base64,"
            + Base64.getEncoder()
                .encodeToString(Files.readAllBytes(TestFiles.golden("media/wide-300x200.png")));
    String sound =
        Base64.getEncoder()
            .encodeToString(Files.readAllBytes(TestFiles.golden("media/tones-16k.wav")));
    long words = promptTokens(seeing, List.of(text()));
    // 60 tokens of this image, and the marks that its markup puts around them.
    assertThat(promptTokens(seeing, List.of(image(image), text())) - words).isBetween(60L, 64L);
    assertThat(promptTokens(seeing, List.of(sound(sound), text()))).isGreaterThan(words);
  }

  @Test
  void seesUploadedFiles() throws Exception {
    byte[] png = Files.readAllBytes(TestFiles.golden("media/wide-300x200.png"));
    String uri;
    try (HttpClient http = HttpClient.newHttpClient()) {
      String file =
          http.send(
                  HttpRequest.newBuilder(URI.create(mixed.url() + "/upload/v1beta/files"))
                      .header("Content-Type", "image/png")
                      .POST(BodyPublishers.ofByteArray(png))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      uri = JsonMapper.shared().readTree(file).path("file").path("uri").asString();
    }
    ChatCompletionContentPart byId =
        ChatCompletionContentPart.ofFile(
            ChatCompletionContentPart.File.builder()
                .file(
                    ChatCompletionContentPart.File.FileObject.builder()
                        .fileId(uri.substring(uri.lastIndexOf('/') + 1))
                        .build())
                .build());
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    long inline = promptTokens(seeing, List.of(image(data), text()));
    assertThat(promptTokens(seeing, List.of(image(uri), text()))).isEqualTo(inline);
    assertThat(promptTokens(seeing, List.of(byId, text()))).isEqualTo(inline);
  }

  private static long promptTokens(OpenAIClient client, List<ChatCompletionContentPart> parts) {
    return client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model("gemini-pro")
                .addUserMessageOfArrayOfContentParts(parts)
                .temperature(0)
                .maxTokens(4)
                .build())
        .usage()
        .orElseThrow()
        .promptTokens();
  }

  private static ChatCompletionContentPart text() {
    return ChatCompletionContentPart.ofText(
        ChatCompletionContentPartText.builder().text("what is it").build());
  }

  private static ChatCompletionContentPart image(String url) {
    return ChatCompletionContentPart.ofImageUrl(
        ChatCompletionContentPartImage.builder()
            .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder().url(url).build())
            .build());
  }

  private static ChatCompletionContentPart sound(String base64) {
    return ChatCompletionContentPart.ofInputAudio(
        ChatCompletionContentPartInputAudio.builder()
            .inputAudio(
                ChatCompletionContentPartInputAudio.InputAudio.builder()
                    .data(base64)
                    .format(ChatCompletionContentPartInputAudio.InputAudio.Format.WAV)
                    .build())
            .build());
  }

  private static void assertKeepsToItsSchema(ChatCompletionMessageFunctionToolCall call) {
    assertThat(call.function().name()).isEqualTo("weather");
    City arguments = call.function().arguments(City.class);
    assertThat(arguments.days).isBetween(1, 9);
    assertThat(arguments.city.codePointCount(0, arguments.city.length())).isLessThanOrEqualTo(8);
  }

  private static ChatCompletionCreateParams.Builder question() {
    return ChatCompletionCreateParams.builder()
        .model("gemini-pro")
        .addDeveloperMessage("Be brief.")
        .addUserMessage("What is the weather?")
        .addFunctionTool(
            FunctionDefinition.builder().name("weather").strict(true).parameters(CITY).build())
        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
        .seed(1)
        .maxTokens(120);
  }

  private static OpenAIClient client(RunningServer server) {
    return OpenAIOkHttpClient.builder()
        .apiKey("any")
        .baseUrl(server.url() + "/v1beta/openai")
        .build();
  }
}
