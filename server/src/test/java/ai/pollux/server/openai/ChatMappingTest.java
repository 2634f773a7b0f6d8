package ai.pollux.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChatMappingTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Tells it.\",\"strict\":true,"
          + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}},"
          + "{\"type\":\"function\",\"function\":{\"name\":\"stop\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]";

  @Test
  void everyRoleHasItsPlaceInTheConversation() {
    Conversation conversation =
        conversation(
            """
            "messages":[
             {"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"Hi"}]},
             {"role":"assistant","content":null,"tool_calls":[
               {"id":"a","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Ulm\\"}"}},
               {"id":"b","type":"function","function":{"name":"stop","arguments":""}}]},
             {"role":"tool","tool_call_id":"b","content":"done"},
             {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"{\\"sky\\":\\"clear\\"}"}]},
             {"role":"developer","content":"Be kind."},
             {"role":"assistant","content":"Fine."},
             {"role":"user","content":"Thanks","name":"Ann"}]
            """);
    assertThat(conversation.system())
        .containsExactly(
            new Part.Text("Be brief."), new Part.Text("\n\n"), new Part.Text("Be kind."));
    assertThat(conversation.turns())
        .containsExactly(
            Turn.user("Hi"),
            new Turn(
                Turn.Role.MODEL,
                List.of(
                    new Part.ToolCall("a", "weather", Json.object("city", Json.of("Ulm"))),
                    new Part.ToolCall("b", "stop", Json.Obj.EMPTY))),
            Turn.tool(
                new Part.ToolResult("b", "stop", Json.of("done")),
                new Part.ToolResult("a", "weather", Json.object("sky", Json.of("clear")))),
            Turn.model("Fine."),
            Turn.user("Thanks"));
  }

  @Test
  void theOldWordsForFunctionsAreRead() {
    AnswerRequest request =
        map(
            """
            "messages":[{"role":"user","content":"Hi"},
             {"role":"assistant","content":null,"function_call":{"name":"weather","arguments":"{}"}},
             {"role":"function","name":"weather","content":"rain"}],
            "functions":[{"name":"weather"}],"function_call":{"name":"weather"}
            """);
    assertThat(conversation(request).turns().subList(1, 3))
        .containsExactly(
            new Turn(Turn.Role.MODEL, List.of(new Part.ToolCall("", "weather", Json.Obj.EMPTY))),
            Turn.tool(new Part.ToolResult("", "weather", Json.of("rain"))));
    assertThat(request.shape()).isInstanceOf(AnswerShape.Calls.class);
  }

  @Test
  void mediaComeAsAddressesAndAsBytes() {
    List<Part> parts =
        conversation(
                """
                "messages":[{"role":"user","content":[
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0K","detail":"low"}},
                 {"type":"image_url","image_url":"files/abc"},
                 {"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}},
                 {"type":"file","file":{"file_id":"abc"}}]}],
                "extra_body":{"google":{"media_resolution":"media_resolution_high"}}
                """)
            .turns()
            .getFirst()
            .parts();
    assertThat(parts.get(0))
        .isInstanceOfSatisfying(
            Part.Image.class,
            image -> assertThat(image.resolution()).isEqualTo(MediaResolution.LOW));
    assertThat(parts.get(1))
        .isInstanceOfSatisfying(
            Part.Image.class,
            image -> assertThat(image.resolution()).isEqualTo(MediaResolution.HIGH));
    assertThat(parts.get(2))
        .isInstanceOfSatisfying(
            Part.Audio.class,
            audio -> {
              assertThat(audio.media().mimeType()).isEqualTo("audio/wav");
              assertThat(audio.media().bytes())
                  .isEqualTo("RIFF".getBytes(StandardCharsets.US_ASCII));
            });
    assertThat(parts.get(3)).isInstanceOf(Part.Image.class);
  }

  @Test
  void whatIsSampledIsTakenOver() {
    AnswerRequest request =
        map(
            HI
                + ",\"temperature\":0.5,\"top_p\":0,\"seed\":7,\"presence_penalty\":1,\"frequency_penalty\":-1,"
                + "\"logit_bias\":{\"5\":-100},\"logprobs\":true,\"top_logprobs\":3,\"n\":2,\"stop\":\"end\","
                + "\"max_tokens\":9,\"max_completion_tokens\":8,\"top_k\":40");
    assertThat(request.sampling())
        .isEqualTo(
            Sampling.of(0.5f)
                .withTopP(Float.MIN_NORMAL)
                .withTopK(40)
                .withSeed(7)
                .withPenalties(1, -1)
                .withLogitBias(Map.of(5, -100f))
                .withLogprobs(3));
    assertThat(request.candidates()).isEqualTo(2);
    assertThat(request.stopStrings()).containsExactly("end");
    assertThat(request.maxTokens()).hasValue(8);
    assertThat(map(HI + ",\"stop\":[\"a\",\"b\"]").stopStrings()).containsExactly("a", "b");
  }

  @Test
  void whatNobodyKnowsIsReadOver() {
    assertThat(
            map(HI + ",\"user\":\"me\",\"store\":true,\"stream_options\":null,\"tool_choice\":null")
                .maxTokens())
        .isEmpty();
  }

  @Test
  void thinkingIsAskedForByEffortOrByGooglesWords() {
    assertThat(isThinking(HI)).isFalse();
    for (String effort : List.of("low", "medium", "high")) {
      assertThat(isThinking(HI + ",\"reasoning_effort\":\"" + effort + "\"")).isTrue();
    }
    assertThat(isThinking(HI + ",\"reasoning_effort\":\"none\"")).isFalse();
    assertThat(isThinking(HI + ",\"reasoning_effort\":\"minimal\"")).isFalse();
    assertThat(isThinking(HI + ",\"google\":{\"thinking_config\":{\"include_thoughts\":true}}"))
        .isTrue();
    assertThat(
            isThinking(
                HI
                    + ",\"reasoning_effort\":\"high\",\"extra_body\":{\"google\":{\"thinking_config\":{\"thinking_budget\":0}}}"))
        .isFalse();
    assertThat(
            isThinking(HI + ",\"google\":{\"thinking_config\":{\"thinking_level\":\"minimal\"}}"))
        .isFalse();
  }

  @Test
  void thoughtsOfEarlierAnswersAreTakenOutOfTheirText() {
    assertThat(
            conversation(
                    """
                    "messages":[{"role":"user","content":"Hi"},
                     {"role":"assistant","content":"<t>hm</t>Hello."},
                     {"role":"user","content":"<t>no</t>"},
                     {"role":"assistant","content":"plan","extra_content":{"google":{"thought":true}}},
                     {"role":"assistant","content":"Yes.","reasoning_content":"well"}],
                    "google":{"thought_tag_marker":"t"}
                    """)
                .turns())
        .containsExactly(
            Turn.user("Hi"),
            new Turn(Turn.Role.MODEL, List.of(new Part.Thought("hm"), new Part.Text("Hello."))),
            Turn.user("<t>no</t>"),
            new Turn(
                Turn.Role.MODEL,
                List.of(
                    new Part.Thought("plan"), new Part.Thought("well"), new Part.Text("Yes."))));
  }

  @Test
  void toolChoiceDecidesWhatIsShownAndWhatIsHeldTo() {
    assertThat(conversation(map(HI + TOOLS)).tools())
        .extracting(tool -> tool.name())
        .containsExactly("weather", "stop");
    assertThat(conversation(map(HI + TOOLS)).tools().getLast().parameters())
        .isEqualTo(Json.Obj.EMPTY);
    assertThat(map(HI + TOOLS + choice("\"auto\"")).shape()).isInstanceOf(AnswerShape.Free.class);
    assertThat(conversation(map(HI + TOOLS + choice("\"none\""))).tools()).isEmpty();
    assertCalls("\"required\"", true, "weather", "stop");
    assertCalls("\"validated\"", false, "weather", "stop");
    assertCalls("{\"type\":\"function\",\"function\":{\"name\":\"stop\"}}", true, "stop");
    String one =
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"%s\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"stop\"}}]}}";
    assertCalls(one.formatted("auto"), false, "stop");
    assertCalls(one.formatted("required"), true, "stop");
  }

  @Test
  void formatsAreShapes() {
    assertThat(map(HI + format("{\"type\":\"text\"}")).shape())
        .isInstanceOf(AnswerShape.Free.class);
    assertThat(map(HI + format("{\"type\":\"json_object\"}")).shape())
        .isEqualTo(
            new AnswerShape.Schema(
                Json.object("type", Json.of("object"), "additionalProperties", Json.of(true)),
                "response_format"));
    assertThat(
            map(HI
                    + format(
                        "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"integer\"}}}"))
                .shape())
        .isEqualTo(
            new AnswerShape.Schema(
                Json.object("type", Json.of("integer")), "response_format.json_schema.schema"));
  }

  @Test
  void mistakesAreToldWithTheirMember() {
    assertRefused("\"messages\":[]", "Invalid 'messages': expected at least one.");
    assertRefused(
        "\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]",
        "messages[0].role: expected system, developer, user, assistant, tool or function, found \"robot\".");
    assertRefused(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]",
        "messages[0].content[0].type: expected text, image_url, video_url, input_audio or file (input_text, input_image, input_audio or input_file in responses), found \"smell\".");
    assertRefused(
        "\"messages\":[{\"role\":\"user\",\"content\":7}]",
        "Invalid value at 'messages[0].content': expected text or a list of parts.");
    assertRefused(
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]",
        "Invalid value at 'messages[0].content[0].text': expected text.");
    assertRefused(
        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}]",
        "messages[0].tool_calls[0]: expected the name of a function.");
    assertRefused(
        "\"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"files/x\"}]}]",
        "messages[0].content: this server reads results of functions that are text.");
    assertRefused(HI + ",\"temperature\":3", "Invalid 'temperature': expected 0 to 2, found 3.");
    assertRefused(HI + ",\"n\":0", "Invalid 'n': expected 1 to 8, found 0.");
    assertRefused(HI + ",\"max_tokens\":0", "Invalid 'max_tokens': expected at least 1, found 0.");
    assertRefused(
        HI + ",\"stop\":[\"a\",\"\"]",
        "Invalid 'stop': expected a text, or a list of texts, none of them empty.");
    assertRefused(HI + ",\"top_logprobs\":2", "top_logprobs is only used with logprobs: true.");
    assertRefused(
        HI + ",\"reasoning_effort\":\"some\"",
        "reasoning_effort: expected none, minimal, low, medium, high, xhigh or max, found \"some\".");
    assertRefused(
        HI + ",\"modalities\":[\"text\",\"audio\"]",
        "This server answers in text; found [text, audio].");
    assertRefused("\"messages\":\"x\"", "Invalid value at 'messages");
  }

  @Test
  void mistakesAboutToolsAreToldToo() {
    assertRefused(HI + choice("\"required\""), "tool_choice \"required\" needs tools.");
    assertRefused(
        HI + TOOLS + choice("\"maybe\""),
        "tool_choice: expected none, auto, required, validated or a function, found \"maybe\".");
    assertRefused(
        HI + TOOLS + choice("{\"type\":\"function\",\"function\":{\"name\":\"go\"}}"),
        "tool_choice: the function \"go\" is not among the tools.");
    assertRefused(
        HI + TOOLS + format("{\"type\":\"json_object\"}"),
        "response_format: \"json_object\" together with tools is not supported. Leave out the tools, or set tool_choice to \"none\".");
    assertRefused(
        HI + format("{\"type\":\"xml\"}"),
        "response_format.type: expected text, json_object or json_schema, found \"xml\".");
    assertRefused(
        HI + ",\"tools\":[{\"type\":\"web_search\"}]",
        "tools[0].type: this server has no \"web_search\" tool; declare functions of your own instead.");
    assertRefused(
        HI + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]",
        "Invalid 'tools[0].function.name': expected 1 to 128 letters, digits or any of _ : . -, found \"a b\".");
    assertRefused(
        HI + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]",
        "Invalid value at 'tools[0].function.parameters': expected a schema object.");
  }

  private static void assertCalls(String choice, boolean required, String... names) {
    assertThat(map(HI + TOOLS + choice(choice)).shape())
        .isInstanceOfSatisfying(
            AnswerShape.Calls.class,
            calls -> {
              assertThat(calls.required()).isEqualTo(required);
              assertThat(calls.tools()).extracting(tool -> tool.name()).containsExactly(names);
            });
  }

  private static void assertRefused(String members, String message) {
    assertThatThrownBy(() -> map(members)).hasMessageStartingWith(message);
  }

  private static String choice(String choice) {
    return ",\"tool_choice\":" + choice;
  }

  private static String format(String format) {
    return ",\"response_format\":" + format;
  }

  private static boolean isThinking(String members) {
    return ((Prompt.Chat) map(members).prompt()).thinking();
  }

  private static Conversation conversation(String members) {
    return conversation(map(members));
  }

  private static Conversation conversation(AnswerRequest request) {
    return ((Prompt.Chat) request.prompt()).conversation();
  }

  private static AnswerRequest map(String members) {
    byte[] body = ("{\"model\":\"m\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    return ChatMapping.answer(
        OpenAiJson.read(body, ChatRequest.class),
        (uri, type, place) -> new Media("image/png", new byte[] {1}),
        Sampling.of(1));
  }
}
