package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK, unmodified. */
final class OpenAiJavaIT {
  private static final String STORY = ", there was a little girl named Lily.";

  private static RunningServer server;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    client =
        OpenAIOkHttpClient.builder().apiKey("any").baseUrl(server.url() + "/v1beta/openai").build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void embeds() {
    CreateEmbeddingResponse made =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("gemini-embedding-001")
                    .inputOfArrayOfStrings(List.of("Once upon a time", "Lily"))
                    .dimensions(8)
                    .build());
    assertThat(made.data()).hasSize(2);
    assertThat(made.data().getFirst().embedding()).hasSize(8);
    assertThat(made.data().get(1).index()).isEqualTo(1);
    assertThat(made.usage().promptTokens()).isGreaterThan(5);
    assertThatThrownBy(() ->
            client
                .embeddings()
                .create(EmbeddingCreateParams.builder().model("gemini-pro").input("").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("input: expected 1 to 2048 texts that are not empty, found 1.");
  }

  @Test
  void chats() {
    ChatCompletion completion = client.chat().completions().create(story().build());
    ChatCompletion.Choice choice = completion.choices().getFirst();
    assertThat(choice.message().content().orElseThrow()).startsWith(STORY);
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    CompletionUsage usage = completion.usage().orElseThrow();
    assertThat(usage.completionTokens()).isEqualTo(24);
    assertThat(usage.totalTokens()).isEqualTo(24 + usage.promptTokens());
    assertThat(completion.model()).isEqualTo("stories260K");
    // Nothing that the SDK expects is missing or of another type.
    completion.validate();
  }

  @Test
  void streamsAChat() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    List<ChatCompletionChunk> chunks = new ArrayList<>();
    ChatCompletionCreateParams params =
        story()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().map(whole::accumulate).forEach(chunks::add);
    }
    assertThat(chunks).hasSizeGreaterThan(10).allSatisfy(ChatCompletionChunk::validate);
    ChatCompletion once = client.chat().completions().create(story().build());
    ChatCompletion.Choice choice = whole.chatCompletion().choices().getFirst();
    assertThat(choice.message().content()).isEqualTo(once.choices().getFirst().message().content());
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    assertThat(whole.chatCompletion().usage().orElseThrow().completionTokens()).isEqualTo(24);
  }

  @Test
  void severalAnswersWithASeedStopsAndLogprobs() {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model("models/stories260K")
            .addSystemMessage("Tell a story.")
            .addUserMessage("The cat")
            .n(3)
            .seed(7)
            .temperature(1)
            .maxTokens(40)
            .stop("Lily")
            .logprobs(true)
            .topLogprobs(2)
            .build();
    ChatCompletion first = client.chat().completions().create(params);
    assertThat(texts(first)).hasSize(3).doesNotHaveDuplicates();
    assertThat(texts(client.chat().completions().create(params))).isEqualTo(texts(first));
    assertThat(texts(first)).noneMatch(text -> text.contains("Lily"));
    assertThat(first.choices().getFirst().logprobs().orElseThrow().content().orElseThrow())
        .isNotEmpty()
        .allSatisfy(token -> assertThat(token.topLogprobs()).hasSize(2));
    first.validate();
  }

  /** What an answer is to be read into. */
  static final class Person {
    public String name = "";
    public Mood mood = Mood.GOOD;
  }

  /** How somebody feels. */
  enum Mood {
    GOOD,
    BAD
  }

  @Test
  void answersAreReadIntoAClass() {
    var params = story().maxCompletionTokens(200).responseFormat(Person.class).build();
    Person person =
        client
            .chat()
            .completions()
            .create(params)
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();
    assertThat(person.name).isNotNull();
    assertThat(person.mood).isIn(Mood.GOOD, Mood.BAD);
    var response =
        ResponseCreateParams.builder()
            .model("gemini-pro")
            .input("Once upon a time")
            .temperature(0)
            .maxOutputTokens(200)
            .text(Person.class)
            .build();
    assertThat(
            client.responses().create(response).output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(content -> content.asOutputText().name))
        .containsExactly(person.name);
  }

  @Test
  void listsAndDescribesModels() {
    assertThat(client.models().list().data())
        .extracting(Model::id)
        .containsExactly("models/stories260K");
    assertThat(client.models().retrieve("stories260K").id()).isEqualTo("models/stories260K");
    assertThat(client.models().retrieve("models/stories260K").ownedBy()).isEqualTo("pollux");
  }

  @Test
  void responds() {
    Response response = client.responses().create(response().build());
    assertThat(text(response)).startsWith(STORY);
    assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
    assertThat(response.incompleteDetails().orElseThrow().reason().orElseThrow().toString())
        .isEqualTo("max_output_tokens");
    assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(24);
    response.validate();
  }

  @Test
  void streamsAResponse() {
    ResponseAccumulator whole = ResponseAccumulator.create();
    List<ResponseStreamEvent> events = new ArrayList<>();
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response().build())) {
      stream.stream().map(whole::accumulate).forEach(events::add);
    }
    assertThat(events).hasSizeGreaterThan(10).allSatisfy(ResponseStreamEvent::validate);
    assertThat(events.getFirst().isCreated()).isTrue();
    assertThat(
            events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining()))
        .isEqualTo(text(whole.response()))
        .isEqualTo(text(client.responses().create(response().build())));
  }

  @Test
  void errorsAreTheSdksOwn() {
    assertThatThrownBy(() -> client.chat().completions().create(story().model("gpt-none").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            error -> {
              assertThat(error.code()).contains("model_not_found");
              assertThat(error.param()).contains("model");
              assertThat(error).hasMessageContaining("The model \"gpt-none\" does not exist.");
            });
    assertThatThrownBy(() -> client.chat().completions().create(story().temperature(3).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            error -> {
              assertThat(error.type()).contains("invalid_request_error");
              assertThat(error.param()).contains("temperature");
              assertThat(error)
                  .hasMessageContaining("Invalid 'temperature': expected 0 to 2, found 3.");
            });
    assertThatThrownBy(
            () -> client.chat().completions().createStreaming(story().temperature(3).build()))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(
            () -> client.responses().create(response().previousResponseId("resp_1").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("this server keeps no responses");
  }

  private static ChatCompletionCreateParams.Builder story() {
    return ChatCompletionCreateParams.builder()
        .model("gemini-2.5-flash")
        .addUserMessage("Once upon a time")
        .temperature(0)
        .maxCompletionTokens(24);
  }

  private static ResponseCreateParams.Builder response() {
    return ResponseCreateParams.builder()
        .model("gemini-2.5-flash")
        .input("Once upon a time")
        .temperature(0)
        .maxOutputTokens(24);
  }

  private static List<String> texts(ChatCompletion completion) {
    return completion.choices().stream()
        .map(choice -> choice.message().content().orElseThrow())
        .toList();
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(content -> content.asOutputText().text())
        .collect(Collectors.joining());
  }
}
