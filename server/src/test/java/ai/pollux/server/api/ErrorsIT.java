package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is said in the form of the API, with its place. */
final class ErrorsIT {
  private static final int MOST_BYTES = 50_000;

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder()).withMaxBodyBytes(MOST_BYTES));
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"contents": [}|Invalid JSON payload received.
          []|Invalid value at ''
          {"contents":[]}|contents is not specified
          {}|contents is not specified
          {"contents":[{"parts":[{"text":"a"}]}],"generationConfg":{}}|Unknown name "generationConfg": Cannot find field.
          {"contents":[{"parts":[{"txt":"a"}]}]}|Unknown name "txt" at 'contents[0].parts[0]': Cannot find field.
          {"contents":[{"parts":[{"text":{}}]}]}|Invalid value at 'contents[0].parts[0].text': expected text.
          {"contents":[{"parts":[{}]}]}|contents[0].parts[0].data: required oneof field
          {"contents":[{"role":"robot","parts":[{"text":"a"}]}]}|Please use a valid role
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}|This model does not read images. It reads text.
          {"contents":[{"parts":[{"inlineData":{"mimeType":"model/obj","data":"AAAA"}}]}]}|Unsupported MIME type: "model/obj". Expected image/
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"A?"}}]}]}|Base64 decoding failed.
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"},"videoMetadata":{"fps":1}}]}]}|video_metadata is only used with video; found it beside "image/png".
          {"contents":[{"parts":[{"inlineData":{"mimeType":"video/mp4","data":"AAAA"},"videoMetadata":{"fps":0}}]}]}|expected more than 0 and at most 24 frames per second, found 0.0
          {"contents":[{"parts":[{"inlineData":{"mimeType":"video/mp4","data":"AAAA"},"videoMetadata":{"startOffset":"5s","endOffset":"4s"}}]}]}|end: expected later than the start
          {"contents":[{"parts":[{"inlineData":{"mimeType":"video/mp4","data":"AAAA"},"videoMetadata":{"startOffset":"5"}}]}]}|expected seconds like "3.5s", found "5".
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"},"mediaResolution":{"level":"HUGE"}}]}]}|media_resolution.level': "HUGE".
          {"contents":[{"parts":[{"fileData":{"fileUri":"https://example.com/x.mp4"}}]}]}|Unsupported file uri: https://example.com/x.mp4. Upload the file
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"googleSearch":{}}]}|no google_search tool
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"codeExecution":{}}]}|no code_execution tool
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"url_context":{}}]}|no url_context tool
          {"contents":[{"parts":[{"text":"a"}]}],"toolConfig":{"functionCallingConfig":{"mode":"SOME"}}}|modes AUTO, ANY, NONE and VALIDATED; found "SOME"
          {"contents":[{"parts":[{"text":"a"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY"}}}|Mode ANY needs tools
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY"}}}|This model has no form for function calls
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["g"]}}}|allowed_function_names: "g" is not declared.
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"functionCallingConfig":{"allowedFunctionNames":["f"]}}}|is used with the modes ANY and VALIDATED; found AUTO.
          {"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f"}]}],"generationConfig":{"responseMimeType":"application/json"}}|Function calling with a response mime type: 'application/json' is unsupported
          """)
  void refusesBodiesWithTheirMistake(String body, String said) throws Exception {
    for (String path : List.of(Api.GENERATE, Api.STREAM)) {
      assertRefused(api.post(path, body), said);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "temperature":-0.1|temperature is -0.1; expected 0 to 2
          "temperature":2.5|temperature is 2.5; expected 0 to 2
          "temperature":"NaN"|temperature is NaN; expected 0 to 2
          "temperature":"hot"|Invalid value at 'generation_config.temperature': expected a number.
          "topP":1.1|top_p is 1.1; expected 0 to 1
          "topP":-1|top_p is -1; expected 0 to 1
          "topK":0|top_k is 0; expected at least 1
          "topK":1e12|top_k is 1000000000000; expected at least 1
          "maxOutputTokens":0|max_output_tokens is 0; expected at least 1
          "maxOutputTokens":-5|max_output_tokens is -5; expected at least 1
          "candidateCount":0|candidate_count is 0; expected 1 to 8
          "candidateCount":9|candidate_count is 9; expected 1 to 8
          "stopSequences":["a","b","c","d","e","f"]|stop_sequences is 6; expected 0 to 5
          "stopSequences":[""]|A stop sequence must not be empty.
          "presencePenalty":2.1|presence_penalty is 2.1; expected -2 to 2
          "frequencyPenalty":-3|frequency_penalty is -3; expected -2 to 2
          "logprobs":2|logprobs is only used with response_logprobs: true.
          "responseLogprobs":true,"logprobs":21|logprobs is 21; expected 0 to 20
          "seed":"x"|Invalid value at 'generation_config.seed': expected a whole number.
          "responseMimeType":"application/xml"|text/plain, application/json or text/x.enum; found "application/xml"
          "responseSchema":{"type":"STRING"}|A schema needs response_mime_type
          "responseMimeType":"text/x.enum","responseSchema":{"type":"STRING"}|needs a schema with an enum of strings.
          "responseMimeType":"application/json","responseSchema":{"type":"STRING"},"responseJsonSchema":{"type":"string"}|Only one of response_schema and response_json_schema
          "responseFormat":{"image":{}}|found a format without text.
          "responseMimeType":"application/json","responseSchema":{"type":"ARRAY","uniqueItems":true}|generation_config.response_schema.uniqueItems: this server cannot hold an answer to this keyword
          "responseMimeType":"application/json","responseSchema":{"type":"STRING","minLength":"90"},"maxOutputTokens":9|maxTokens: an answer of the form that is asked for needs at least
          "responseModalities":["IMAGE"]|answers in TEXT; found [IMAGE]
          """)
  void refusesValuesOutOfRange(String config, String said) throws Exception {
    assertRefused(api.post(Api.GENERATE, Api.request("Once", config)), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "temperature":2
          "temperature":1e-30
          "topP":0
          "topP":1e-300
          "topK":2147483647
          "seed":-9223372036854775808
          "presencePenalty":-2,"frequencyPenalty":2
          "maxOutputTokens":2147483647,"stopSequences":["."]
          """)
  void takesTheEndsOfEveryRange(String config) throws Exception {
    String limited = config.contains("max") ? config : config + ",\"maxOutputTokens\":3";
    Reply reply = api.post(Api.GENERATE, Api.request("Once", limited));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void aPromptThatDoesNotFitIsRefusedWithNumbers() throws Exception {
    String request = Api.request("the dog ".repeat(600), "");
    String longest = "prompt: expected at most 511 tokens (a context of 512 less one";
    assertRefused(api.post(Api.GENERATE, request), longest);
    assertRefused(api.post(Api.STREAM, request), longest);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String request = Api.request("a".repeat(MOST_BYTES), "");
    String said = "Request payload size exceeds the limit: 50000 bytes.";
    assertRefused(api.post(Api.GENERATE, request), said);
    assertRefused(
        api.postChunked(Api.GENERATE, new ByteArrayInputStream(request.getBytes())), said);
  }

  @Test
  void noBodyIsRefused() throws Exception {
    assertRefused(api.post(Api.GENERATE, ""), "The request has no body");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1beta/models/stories260K:generateText",
    "POST, /v1beta/models/unknown:generateContent",
    "GET, /v1beta/models/unknown",
    "GET, /v1beta/models/stories260K:generateContent",
    "POST, /v1beta/models",
    "DELETE, /v1beta/models/stories260K",
    "GET, /v2/models",
    "GET, /"
  })
  void whatIsNotThereIsNotFound(String method, String path) throws Exception {
    Reply reply = api.call(method, path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").path("status").asString()).isEqualTo("NOT_FOUND");
    assertThat(reply.error()).isNotEmpty();
  }

  @Test
  void anUnknownModelIsNamedAsGoogleDoes() throws Exception {
    assertThat(api.post("/v1beta/models/unknown:generateContent", "{}").error())
        .isEqualTo(
            "models/unknown is not found for API version v1beta, or is not supported for generateContent."
                + " Call ListModels to see the list of available models and their supported methods.");
  }

  private static void assertRefused(Reply reply, String said) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().path("error").path("code").asInt()).isEqualTo(400);
    assertThat(reply.json().path("error").path("status").asString()).isEqualTo("INVALID_ARGUMENT");
    assertThat(reply.error()).contains(said).doesNotContain("java.");
  }
}
