package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers in the form that a request asks for, from a model that would rather tell stories. */
final class StructuredIT {
  private static final String PERSON =
      """
      {"type":"OBJECT","required":["name","age","tags"],"propertyOrdering":["tags","name","age"],
       "properties":{"name":{"type":"STRING","maxLength":"8"},"age":{"type":"INTEGER","minimum":1,"maximum":120},
       "tags":{"type":"ARRAY","minItems":"1","maxItems":"3","items":{"type":"STRING","enum":["good","bad"]}},
       "note":{"type":"STRING","nullable":true,"maxLength":"5"}}}
      """;
  private static final String TREE =
      """
      {"$defs":{"node":{"type":"object","properties":{"id":{"type":"integer","minimum":0},
       "kids":{"type":"array","items":{"$ref":"#/$defs/node"},"maxItems":2}},"required":["id"],"additionalProperties":false}},
       "$ref":"#/$defs/node"}
      """;

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
  void answersKeepToASchemaOfTheOpenApiDialect() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Reply reply =
          post(
              "\"responseSchema\":"
                  + PERSON
                  + ",\"temperature\":2,\"seed\":"
                  + seed
                  + ",\"maxOutputTokens\":60");
      assertPerson(Api.parse(reply.text()));
    }
  }

  private static void assertPerson(JsonNode person) {
    assertThat(person.propertyNames().stream().limit(3)).containsExactly("tags", "name", "age");
    assertThat(person.path("tags").size()).isBetween(1, 3);
    person.path("tags").forEach(tag -> assertThat(tag.asString()).isIn("good", "bad"));
    assertThat(
            person
                .path("name")
                .asString()
                .codePointCount(0, person.path("name").asString().length()))
        .isLessThanOrEqualTo(8);
    assertThat(person.path("age").asInt()).isBetween(1, 120);
  }

  @Test
  void answersKeepToARecursiveJsonSchema() throws Exception {
    for (String name : List.of("responseJsonSchema", "_responseJsonSchema")) {
      Reply reply =
          post("\"" + name + "\":" + TREE + ",\"temperature\":2,\"seed\":3,\"maxOutputTokens\":50");
      assertThat(Api.parse(reply.text()).path("id").isIntegralNumber()).as(reply.text()).isTrue();
    }
  }

  @Test
  void anAnswerIsWholeHoweverLittleRoomItHas() throws Exception {
    for (int room = 34; room < 60; room += 3) {
      Reply reply =
          post(
              "\"responseSchema\":"
                  + PERSON
                  + ",\"temperature\":1.5,\"maxOutputTokens\":"
                  + room
                  + ",\"seed\":"
                  + room);
      assertPerson(Api.parse(reply.text()));
      assertThat(reply.json().path("usageMetadata").path("candidatesTokenCount").asInt())
          .isLessThanOrEqualTo(room);
    }
  }

  @Test
  void jsonWithoutASchemaIsAnyJson() throws Exception {
    for (String config :
        List.of("\"seed\":1", "\"temperature\":0", "\"temperature\":2,\"seed\":2")) {
      Reply reply = post(config + ",\"maxOutputTokens\":40");
      assertThat(Api.parse(reply.text()).isMissingNode()).as(reply.text()).isFalse();
    }
  }

  @Test
  void anEnumIsAnsweredWithoutQuotes() throws Exception {
    String config =
        "\"responseMimeType\":\"text/x.enum\",\"responseSchema\":{\"type\":\"STRING\",\"enum\":[\"a dog\",\"a cat\"]},\"candidateCount\":4,\"temperature\":2,\"seed\":1";
    Reply reply = api.post(Api.GENERATE, Api.request("Lily has", config));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    reply
        .json()
        .path("candidates")
        .forEach(candidate -> {
          assertThat(candidate.path("content").path("parts").path(0).path("text").asString())
              .isIn("a dog", "a cat");
          assertThat(candidate.path("finishReason").asString()).isEqualTo("STOP");
        });
  }

  @Test
  void candidatesPenaltiesAndLogprobsWorkOnWhatIsAllowed() throws Exception {
    Reply reply =
        post(
            "\"responseSchema\":"
                + PERSON
                + ",\"candidateCount\":3,\"seed\":5,\"presencePenalty\":1,\"frequencyPenalty\":1,\"responseLogprobs\":true,\"logprobs\":2,\"maxOutputTokens\":80");
    assertThat(reply.json().path("candidates").size()).isEqualTo(3);
    reply
        .json()
        .path("candidates")
        .forEach(candidate -> {
          assertPerson(
              Api.parse(candidate.path("content").path("parts").path(0).path("text").asString()));
          // The model's own opinion, not that of what was allowed: it would not have written JSON.
          assertThat(candidate.path("avgLogprobs").asDouble()).isLessThan(-1);
        });
  }

  @Test
  void streamsWhatItAnswersAtOnce() throws Exception {
    String config =
        "\"responseMimeType\":\"application/json\",\"responseSchema\":"
            + PERSON
            + ",\"temperature\":0,\"maxOutputTokens\":60";
    Reply stream = api.post(Api.STREAM, Api.request("Once", config));
    assertThat(stream.events()).hasSizeGreaterThan(5);
    assertThat(Api.text(stream.events()))
        .isEqualTo(api.post(Api.GENERATE, Api.request("Once", config)).text());
  }

  @Test
  void theFormCanBeNamedAsAResponseFormat() throws Exception {
    String config =
        "\"responseFormat\":{\"text\":{\"mimeType\":\"APPLICATION_JSON\",\"schema\":"
            + TREE
            + "}},\"maxOutputTokens\":40";
    Reply reply = api.post(Api.GENERATE, Api.request("Once", config));
    assertThat(Api.parse(reply.text()).path("id").isIntegralNumber()).as(reply.body()).isTrue();
  }

  private static Reply post(String config) throws Exception {
    Reply reply =
        api.post(
            Api.GENERATE,
            Api.request("Once upon a time", "\"responseMimeType\":\"application/json\"," + config));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }
}
