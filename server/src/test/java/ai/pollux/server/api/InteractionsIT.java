package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.state.Database;
import ai.pollux.server.state.ServerState;
import ai.pollux.server.state.StoredInteraction;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The Interactions API by plain HTTP. */
final class InteractionsIT {
  private static final String PATH = "/v1beta/interactions";
  private static final String KEY = "x-goog-api-key";
  private static final String GREEDY =
      ",\"generation_config\":{\"temperature\":0,\"max_output_tokens\":12}";
  private static final String STORY =
      "{\"model\":\"gemini-pro\",\"input\":\"Once upon a time\"" + GREEDY;
  private static final String LONG =
      "{\"model\":\"gemini-pro\",\"input\":\"Once\",\"background\":true,\"generation_config\":{\"max_output_tokens\":500}}";
  private static final String PERSON =
      "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":8},\"age\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":120}},\"required\":[\"name\",\"age\"]}";

  private static Path data;
  private static RunningServer stories;
  private static RunningServer gemma;
  private static Api api;
  private static Api calling;

  @BeforeAll
  static void start() {
    data = RunningServer.folder();
    stories = RunningServer.stories(ServerOptions.local(0, data).withApiKeys(List.of("operator")));
    gemma = RunningServer.gemma();
    api = new Api(stories.url());
    calling = new Api(gemma.url());
  }

  @AfterAll
  static void stop() {
    stories.close();
    gemma.close();
  }

  @Test
  void answersAndKeepsTheAnswer() throws Exception {
    JsonNode made = ask(STORY + ",\"labels\":{\"team\":\"a\"}}");
    assertThat(made.path("status").asString()).isEqualTo("incomplete");
    assertThat(made.path("model").asString()).isEqualTo("stories260K");
    assertThat(made.path("output_text").asString()).startsWith(", there was a little girl");
    JsonNode step = made.path("steps").path(0);
    assertThat(step.path("type").asString()).isEqualTo("model_output");
    assertThat(step.path("content").path(0).path("text")).isEqualTo(made.path("output_text"));
    assertThat(made.path("usage").path("total_output_tokens").asInt()).isEqualTo(12);
    assertThat(made.path("labels").path("team").asString()).isEqualTo("a");
    assertThat(get(id(made))).isEqualTo(made);
    JsonNode withInput = get(id(made) + "?include_input=true").path("steps");
    assertThat(withInput.path(0).path("type").asString()).isEqualTo("user_input");
    assertThat(withInput.path(1)).isEqualTo(step);
    String vertex = "/v1beta1/projects/p/locations/l/interactions";
    assertThat(api.post(vertex, STORY + "}", KEY, "operator").json().path("steps"))
        .isEqualTo(made.path("steps"));
  }

  @Test
  @Timeout(60)
  void oneThatCannotBeReadBackFails() throws Exception {
    String url = Database.file(ServerOptions.databaseFile(data));
    String id = "interactions-unreadable";
    try (ServerState state = ServerState.open(url, Clock.systemUTC())) {
      StoredInteraction like = state.interactions().find(id(ask(STORY + "}"))).orElseThrow();
      state
          .interactions()
          .create(
              new StoredInteraction(
                  id,
                  like.project(),
                  Optional.empty(),
                  StoredInteraction.Status.QUEUED,
                  Optional.of("{\"model\": [] broken"),
                  like.input(),
                  like.output(),
                  like.created(),
                  like.updated()));
    }
    JsonNode found = get(id);
    while (!found.path("status").asString().equals("failed")) {
      Thread.sleep(100);
      found = get(id);
    }
    assertThat(found.path("errors").path(0).path("code").asString()).isEqualTo("invalid_request");
  }

  @Test
  void whatIsNotToBeStoredIsNot() throws Exception {
    JsonNode made = ask(STORY + ",\"store\":false}");
    assertThat(made.path("output_text").asString()).isNotEmpty();
    assertThat(api.get(PATH + "/" + id(made), KEY, "operator").status()).isEqualTo(404);
  }

  @Test
  void streamsAndReplays() throws Exception {
    JsonNode whole = ask(STORY + "}");
    Reply reply = api.post(PATH, STORY + ",\"stream\":true}", KEY, "operator");
    assertThat(reply.header("content-type")).startsWith("text/event-stream");
    assertThat(reply.body()).endsWith("data: [DONE]\n\n");
    List<JsonNode> events = events(reply);
    assertThat(text(events)).isEqualTo(whole.path("output_text").asString());
    assertThat(events)
        .extracting(event -> event.path("event_type").asString())
        .startsWith("interaction.created", "interaction.status_update", "step.start", "step.delta")
        .endsWith("step.stop", "interaction.completed");
    JsonNode last = events.getLast().path("interaction");
    assertThat(last.path("steps")).isEqualTo(whole.path("steps"));
    String id = last.path("id").asString();
    Reply again = api.get(PATH + "/" + id + "?stream=true", KEY, "operator");
    assertThat(text(events(again))).isEqualTo(text(events));
    String after = events.get(5).path("event_id").asString();
    Reply rest = api.get(PATH + "/" + id + "?stream=true&last_event_id=" + after, KEY, "operator");
    assertThat(text(events.subList(0, 6)) + text(events(rest))).isEqualTo(text(events));
    assertThat(events(rest).getLast()).isEqualTo(events(again).getLast());
  }

  @Test
  void goingOnEqualsTheWholeConversation() throws Exception {
    String rest = "{\"model\":\"hf\"" + GREEDY;
    JsonNode first = calling.post(PATH, rest + ",\"input\":\"Hi\"}").json();
    JsonNode second =
        calling
            .post(
                PATH,
                rest
                    + ",\"input\":\"And now?\",\"previous_interaction_id\":\"%s\"}"
                        .formatted(id(first)))
            .json();
    assertThat(second.path("previous_interaction_id").asString()).isEqualTo(id(first));
    String steps =
        Stream.of(said("Hi"), first.path("steps").path(0).toString(), said("And now?"))
            .collect(Collectors.joining(","));
    JsonNode whole = calling.post(PATH, rest + ",\"input\":[" + steps + "]}").json();
    assertThat(second.path("output_text").asString()).isNotEmpty();
    assertThat(second.path("steps")).isEqualTo(whole.path("steps"));
    assertThat(second.path("usage").path("total_input_tokens"))
        .isEqualTo(whole.path("usage").path("total_input_tokens"));
  }

  @Test
  void functionsAreCalledAndTheirResultsRead() throws Exception {
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"name\":\"person\",\"parameters\":" + PERSON + "}]";
    JsonNode asked =
        calling
            .post(
                PATH,
                "{\"model\":\"hf\",\"input\":\"Who is it?\",\"generation_config\":{\"temperature\":0,\"max_output_tokens\":160,\"tool_choice\":\"any\"}"
                    + tools
                    + "}")
            .json();
    JsonNode call = asked.path("steps").path(asked.path("steps").size() - 1);
    assertThat(call.path("type").asString()).as(asked.toString()).isEqualTo("function_call");
    assertThat(asked.path("status").asString()).isEqualTo("requires_action");
    assertThat(call.path("arguments").path("age").asInt()).isBetween(1, 120);
    Reply answered =
        calling.post(
            PATH,
            "{\"model\":\"hf\",\"previous_interaction_id\":\"%s\",\"input\":[{\"type\":\"function_result\",\"call_id\":\"%s\",\"name\":\"person\",\"result\":{\"known\":true}}]%s%s}"
                .formatted(id(asked), call.path("id").asString(), GREEDY, tools));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.json().path("usage").path("total_input_tokens").asInt())
        .isGreaterThan(asked.path("usage").path("total_input_tokens").asInt());
  }

  @Test
  void anAnswerKeepsToASchema() throws Exception {
    JsonNode made =
        ask(
            "{\"model\":\"gemini-pro\",\"input\":\"Once\",\"generation_config\":{\"temperature\":0,\"max_output_tokens\":80},\"response_format\":%s}"
                .formatted(PERSON));
    JsonNode person = Api.parse(made.path("output_text").asString());
    assertThat(person.path("age").asInt()).isBetween(1, 120);
  }

  @Test
  void theBackgroundAnswersLater() throws Exception {
    JsonNode whole = ask(STORY + "}");
    JsonNode made = ask(STORY + ",\"background\":true}");
    assertThat(made.path("status").asString()).isEqualTo("queued");
    JsonNode done = await(id(made));
    assertThat(done.path("status").asString()).isEqualTo("incomplete");
    assertThat(done.path("steps")).isEqualTo(whole.path("steps"));
    assertThat(done.path("usage").path("total_output_tokens").asInt()).isEqualTo(12);
    Reply stream = api.post(PATH, STORY + ",\"background\":true,\"stream\":true}", KEY, "operator");
    assertThat(text(events(stream))).isEqualTo(whole.path("output_text").asString());
  }

  @Test
  void theBackgroundCanBeCancelled() throws Exception {
    JsonNode made = ask(LONG);
    Reply cancelled = api.post(PATH + "/" + id(made) + "/cancel", "", KEY, "operator");
    assertThat(cancelled.json().path("status").asString())
        .as(cancelled.body())
        .isEqualTo("cancelled");
    assertThat(get(id(made)).path("status").asString()).isEqualTo("cancelled");
    Reply again = api.post(PATH + "/" + id(made) + "/cancel", "", KEY, "operator");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.error()).contains("has ended: it is cancelled.");
    assertRefused(
        400,
        "{\"model\":\"gemini-pro\",\"input\":\"x\",\"previous_interaction_id\":\"%s\"}"
            .formatted(id(made)),
        "is cancelled. Go on from the one before it.");
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    JsonNode first = ask(STORY + "}");
    JsonNode second = ask(STORY + ",\"previous_interaction_id\":\"%s\"}".formatted(id(first)));
    String path = PATH + "/" + id(first);
    assertThat(api.call("DELETE", path, KEY, "operator").body()).isEqualTo("{}");
    assertThat(api.get(path, KEY, "operator").status()).isEqualTo(404);
    assertThat(api.call("DELETE", path, KEY, "operator").status()).isEqualTo(404);
    assertRefused(
        400,
        STORY + ",\"previous_interaction_id\":\"%s\"}".formatted(id(second)),
        "goes on from one that was deleted or has expired");
  }

  @Test
  void projectsDoNotSeeEachOther() throws Exception {
    String lab =
        api.post("/admin/v1/keys", "{\"project\":\"lab\"}", KEY, "operator")
            .json()
            .path("secret")
            .asString();
    String id = id(ask(STORY + "}"));
    String path = PATH + "/" + id;
    assertThat(api.get(path, KEY, lab).status()).isEqualTo(404);
    assertThat(api.get(path + "?stream=true", KEY, lab).status()).isEqualTo(404);
    assertThat(api.call("DELETE", path, KEY, lab).status()).isEqualTo(404);
    assertThat(api.post(path + "/cancel", "", KEY, lab).status()).isEqualTo(404);
    Reply stolen = api.post(PATH, STORY + ",\"previous_interaction_id\":\"" + id + "\"}", KEY, lab);
    assertThat(stolen.status()).isEqualTo(404);
    assertThat(api.get(path, KEY, "operator").status()).isEqualTo(200);
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertRefused(400, "{\"input\":\"x\"}", "model: expected the model to ask.");
    assertRefused(404, "{\"model\":\"none\",\"input\":\"x\"}", "models/none is not found");
    assertRefused(400, "{\"model\":\"gemini-pro\"}", "input: expected text");
    assertRefused(400, "{\"model\":", "Invalid JSON payload");
    assertRefused(
        400,
        "{\"model\":\"gemini-pro\",\"input\":\"x\",\"tools\":[{\"type\":\"google_search\"}]}",
        "this server has no \"google_search\" tool");
    Reply unknown = api.get(PATH + "/none", KEY, "operator");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("error").path("code").asString()).isEqualTo("not_found");
    assertThat(unknown.error()).isEqualTo("interactions/none does not exist.");
    assertThat(api.get(PATH, KEY, "operator").error()).contains("No method is called by GET");
    assertThat(api.get(PATH + "/none?stream=maybe", KEY, "operator").error())
        .isEqualTo("stream: expected true or false, found \"maybe\".");
    assertThat(api.post(PATH, STORY + "}").json().path("error").path("code").asString())
        .isEqualTo("permission_denied");
  }

  private static void assertRefused(int status, String body, String message) throws Exception {
    Reply refused = api.post(PATH, body, KEY, "operator");
    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.error()).contains(message);
    assertThat(refused.json().path("error").path("code").asString())
        .isEqualTo(status == 404 ? "not_found" : "invalid_request");
  }

  private static JsonNode await(String id) throws Exception {
    JsonNode seen = get(id);
    for (int i = 0; i < 600 && !seen.has("usage"); i++) {
      assertThat(seen.path("status").asString()).isIn("queued", "in_progress");
      Thread.sleep(50);
      seen = get(id);
    }
    return seen;
  }

  private static JsonNode ask(String body) throws Exception {
    Reply reply = api.post(PATH, body, KEY, "operator");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode get(String id) throws Exception {
    return api.get(PATH + "/" + id, KEY, "operator").json();
  }

  private static String id(JsonNode interaction) {
    return interaction.path("id").asString();
  }

  private static String said(String text) {
    return "{\"type\":\"user_input\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
        .formatted(text);
  }

  private static List<JsonNode> events(Reply reply) {
    return reply
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> Api.parse(line.substring("data: ".length())))
        .toList();
  }

  private static String text(List<JsonNode> events) {
    return events.stream()
        .map(event -> event.path("delta").path("text").asString(""))
        .collect(Collectors.joining());
  }
}
