package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.testkit.TestFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stores of documents, and answers that are grounded on them. */
final class FileSearchIT {
  private static final String[] KEY = {"x-goog-api-key", "operator"};
  private static final String[] TEXT = {
    "x-goog-api-key", "operator", "content-type", "text/plain", "x-goog-upload-file-name", "Story"
  };
  private static final String STORES = "/v1beta/fileSearchStores";
  private static final String LILY = "Lily was a little girl who had a big red ball.";
  private static final String TIM = "Tim went to the park with his blue car.";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("operator")));
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String create(String name) throws Exception {
    Reply made = api.post(STORES, "{\"displayName\":\"%s\"}".formatted(name), KEY);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return made.json().path("name").asString();
  }

  private static String upload(String store) {
    return "/upload/v1beta/" + store + ":uploadToFileSearchStore";
  }

  /** A store with two documents of a sentence each. */
  private static String filled() throws Exception {
    String store = create("filled");
    api.post(upload(store), LILY, TEXT);
    Reply file =
        api.post("/upload/v1beta/files", TIM, KEY[0], KEY[1], "content-type", "text/plain");
    Reply imported =
        api.post(
            "/v1beta/" + store + ":importFile",
            "{\"fileName\":\"%s\",\"customMetadata\":[{\"key\":\"who\",\"stringValue\":\"Tim\"},{\"key\":\"age\",\"numericValue\":7}]}"
                .formatted(file.json().path("file").path("name").asString()),
            KEY);
    assertThat(imported.json().path("done").asBoolean()).as(imported.body()).isTrue();
    return store;
  }

  private static String ask(String tool, String question, String config) {
    return "{\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}],%s\"generationConfig\":{\"temperature\":0,\"maxOutputTokens\":24%s}}"
        .formatted(question, tool, config);
  }

  private static String tool(String store, String more) {
    return "\"tools\":[{\"fileSearch\":{\"fileSearchStoreNames\":[\"%s\"]%s}}],"
        .formatted(store, more);
  }

  @Test
  void storesAreMadeListedAndDeleted() throws Exception {
    String store = create("Fine Books");
    assertThat(store).matches("fileSearchStores/fine-books-[a-z0-9]{12}");
    JsonNode described = api.get("/v1beta/" + store, KEY).json();
    assertThat(described.path("displayName").asString()).isEqualTo("Fine Books");
    assertThat(described.path("embeddingModel").asString()).isEqualTo("models/stories260K");
    assertThat(described.path("activeDocumentsCount").asString()).isEqualTo("0");
    api.post(upload(store), LILY, TEXT);
    JsonNode counted = api.get("/v1beta/" + store, KEY).json();
    assertThat(counted.path("activeDocumentsCount").asString()).isEqualTo("1");
    assertThat(counted.path("sizeBytes").asString()).isEqualTo(Integer.toString(LILY.length()));
    Reply refused = api.call("DELETE", "/v1beta/" + store, KEY);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("error").path("status").asString())
        .isEqualTo("FAILED_PRECONDITION");
    assertThat(api.call("DELETE", "/v1beta/" + store + "?force=true", KEY).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/" + store, KEY).status()).isEqualTo(404);
    Reply unknown = api.post(STORES, "{\"embeddingModel\":\"models/other\"}", KEY);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.error()).startsWith("models/other makes the vectors");
  }

  @Test
  void listsComeInPagesOfAtMostTwenty() throws Exception {
    String store = create("pages");
    for (int i = 0; i < 23; i++) {
      api.post(upload(store), "Story " + i, TEXT);
    }
    String documents = "/v1beta/" + store + "/documents";
    JsonNode first = api.get(documents, KEY).json();
    assertThat(first.path("documents").size()).isEqualTo(10);
    JsonNode large = api.get(documents + "?pageSize=500", KEY).json();
    assertThat(large.path("documents").size()).isEqualTo(20);
    JsonNode last =
        api.get(
                documents + "?pageSize=500&pageToken=" + large.path("nextPageToken").asString(),
                KEY)
            .json();
    assertThat(last.path("documents").size()).isEqualTo(3);
    assertThat(last.has("nextPageToken")).isFalse();
    assertThat(api.get(STORES + "?pageSize=1", KEY).json().path("fileSearchStores").size())
        .isEqualTo(1);
  }

  @Test
  void resumableUploadsBecomeDocuments() throws Exception {
    String store = create("resumable");
    Reply begun =
        api.post(
            upload(store),
            "{\"displayName\":\"Lily\",\"mimeType\":\"text/plain\",\"customMetadata\":[{\"key\":\"tags\",\"stringListValue\":{\"values\":[\"a\",\"b\"]}}],\"chunkingConfig\":{\"whiteSpaceConfig\":{\"maxTokensPerChunk\":4,\"maxOverlapTokens\":1}}}",
            KEY[0],
            KEY[1],
            "x-goog-upload-protocol",
            "resumable",
            "x-goog-upload-command",
            "start");
    String url = begun.header("x-goog-upload-url");
    assertThat(url).startsWith(server.url() + upload(store) + "?upload_id=");
    String path = url.substring(server.url().length());
    Reply half = send(path, "upload", 0, LILY.substring(0, 9));
    assertThat(half.header("x-goog-upload-status")).isEqualTo("active");
    String other = create("other");
    Reply astray = send(path.replace(store, other), "upload, finalize", 9, LILY.substring(9));
    assertThat(astray.error()).startsWith("This upload is not for " + other);
    Reply asFile =
        send(path.replaceFirst("/upload/v1beta/[^?]*", "/upload/v1beta/files"), "finalize", 0, "");
    assertThat(asFile.error()).startsWith("This upload is not for a file.");
    Reply done = send(path, "finalize", 0, "");
    JsonNode operation = done.json();
    assertThat(operation.path("done").asBoolean()).as(done.body()).isTrue();
    assertThat(operation.path("name").asString()).startsWith(store + "/upload/operations/");
    assertThat(api.get("/v1beta/" + operation.path("name").asString(), KEY).json())
        .isEqualTo(operation);
    assertThat(operation.path("response").path("parent").asString()).isEqualTo(store);
    String name = operation.path("response").path("documentName").asString();
    JsonNode document = api.get("/v1beta/" + name, KEY).json();
    assertThat(document.path("displayName").asString()).isEqualTo("Lily");
    assertThat(document.path("state").asString()).isEqualTo("STATE_ACTIVE");
    assertThat(document.path("sizeBytes").asString()).isEqualTo(Integer.toString(LILY.length()));
    assertThat(document.path("customMetadata").toString())
        .isEqualTo("[{\"key\":\"tags\",\"stringListValue\":{\"values\":[\"a\",\"b\"]}}]");
    assertThat(api.call("DELETE", "/v1beta/" + name, KEY).error())
        .as("eleven words in chunks of four that share one")
        .contains("has 4 chunks. Delete it with force=true.");
    assertThat(api.call("DELETE", "/v1beta/" + name + "?force=true", KEY).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/" + name, KEY).status()).isEqualTo(404);
    assertThat(send(path, "query", 0, "").status()).isEqualTo(404);
  }

  private static Reply send(String path, String command, int offset, String bytes)
      throws Exception {
    return api.post(
        path,
        bytes,
        "x-goog-upload-command",
        command,
        "x-goog-upload-offset",
        Integer.toString(offset));
  }

  @Test
  void mistakesAreNamed() throws Exception {
    String store = create("mistakes");
    String importing = "/v1beta/" + store + ":importFile";
    assertThat(api.post(importing, "{}", KEY).error())
        .isEqualTo("file_name: expected a name like files/abc.");
    assertThat(api.post(importing, "{\"fileName\":\"files/no\"}", KEY).status()).isEqualTo(403);
    String file =
        api.post("/upload/v1beta/files", LILY, TEXT).json().path("file").path("name").asString();
    assertThat(
            api.post(
                    importing,
                    "{\"fileName\":\"%s\",\"chunkingConfig\":{\"whiteSpaceConfig\":{\"maxTokensPerChunk\":513}}}"
                        .formatted(file),
                    KEY)
                .error())
        .isEqualTo("max_tokens_per_chunk: expected 1 to 512, found 513.");
    assertThat(
            api.post(
                    importing,
                    "{\"fileName\":\"%s\",\"customMetadata\":[{\"key\":\"a\"}]}".formatted(file),
                    KEY)
                .error())
        .startsWith("custom_metadata[0]: expected one of string_value");
    Reply failed =
        api.post(upload(store), new byte[] {0, 1, 2}, KEY[0], KEY[1], "content-type", "image/x");
    assertThat(failed.json().path("done").asBoolean()).isTrue();
    assertThat(failed.json().path("error").path("message").asString())
        .contains("expected text, HTML, Markdown, JSON or a PDF, found image/x of 3 bytes");
    assertThat(api.get("/v1beta/" + store, KEY).json().path("failedDocumentsCount").asString())
        .isEqualTo("1");
    for (String[] wrong :
        new String[][] {
          {"\"topK\":0,\"fileSearchStoreNames\":[]", "expected 1 to 10 names"},
          {"\"topK\":101,\"fileSearchStoreNames\":[\"%s\"]", "top_k: expected 1 to 100"},
          {"\"metadataFilter\":\"a=\",\"fileSearchStoreNames\":[\"%s\"]", "metadata_filter: exp"},
          {"\"fileSearchStoreNames\":[\"fileSearchStores/no\"]", "does not exist"},
          {"\"fileSearchStoreNames\":[\"fileSearchStores/../files\"]", "does not exist"},
        }) {
      String tools = "\"tools\":[{\"fileSearch\":{%s}}],".formatted(wrong[0].formatted(store));
      assertThat(api.post(Api.GENERATE, ask(tools, "Who?", ""), KEY).error()).contains(wrong[1]);
    }
  }

  @Test
  void answersAreGroundedOnWhatWasFound() throws Exception {
    String store = filled();
    String question = "Lily had a ball";
    JsonNode plain = api.post(Api.GENERATE, ask("", question, ""), KEY).json();
    Reply reply = api.post(Api.GENERATE, ask(tool(store, ""), question, ""), KEY);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode grounding = reply.json().path("candidates").path(0).path("groundingMetadata");
    JsonNode best = grounding.path("groundingChunks").path(0).path("retrievedContext");
    assertThat(best.path("text").asString()).isEqualTo(LILY);
    assertThat(best.path("title").asString()).isEqualTo("Story");
    assertThat(best.path("fileSearchStore").asString()).isEqualTo(store);
    assertThat(best.path("uri").asString()).startsWith(store + "/documents/story-");
    assertThat(grounding.path("groundingChunks").size()).isEqualTo(2);
    JsonNode usage = reply.json().path("usageMetadata");
    int tool = usage.path("toolUsePromptTokenCount").asInt();
    assertThat(usage.path("promptTokenCount"))
        .isEqualTo(plain.path("usageMetadata").path("promptTokenCount"));
    assertThat(usage.path("promptTokensDetails"))
        .isEqualTo(plain.path("usageMetadata").path("promptTokensDetails"));
    assertThat(usage.path("totalTokenCount").asInt())
        .isEqualTo(
            usage.path("promptTokenCount").asInt()
                + tool
                + usage.path("candidatesTokenCount").asInt());
    assertThat(usage.path("toolUsePromptTokensDetails").toString())
        .isEqualTo("[{\"modality\":\"TEXT\",\"tokenCount\":%d}]".formatted(tool));
    String seen =
        "Sources:\\n\\n[1] Story\\n%s\\n\\n[2] %s\\n%s\\n\\nAnswer from these sources.\\n\\n"
            .formatted(
                LILY,
                grounding
                    .path("groundingChunks")
                    .path(1)
                    .path("retrievedContext")
                    .path("title")
                    .asString(),
                TIM);
    JsonNode byHand =
        api.post(
                Api.GENERATE,
                "{\"contents\":[{\"parts\":[{\"text\":\"%s\"},{\"text\":\"%s\"}]}],\"generationConfig\":{\"temperature\":0,\"maxOutputTokens\":24}}"
                    .formatted(seen, question),
                KEY)
            .json();
    assertThat(reply.text()).isEqualTo(Api.text(List.of(byHand)));
    assertThat(usage.path("promptTokenCount").asInt() + tool)
        .isEqualTo(byHand.path("usageMetadata").path("promptTokenCount").asInt());
    assertSegments(grounding, reply.text());
  }

  private static void assertSegments(JsonNode grounding, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (JsonNode support : grounding.path("groundingSupports")) {
      JsonNode segment = support.path("segment");
      int from = segment.path("startIndex").asInt();
      int length = segment.path("endIndex").asInt() - from;
      assertThat(new String(bytes, from, length, StandardCharsets.UTF_8))
          .isEqualTo(segment.path("text").asString());
      assertThat(support.path("groundingChunkIndices").size()).isPositive();
    }
  }

  @Test
  void streamsEndWithTheGrounding() throws Exception {
    String body = ask(tool(filled(), ",\"topK\":1"), "Lily had a ball", "");
    JsonNode whole = api.post(Api.GENERATE, body, KEY).json();
    List<JsonNode> events = api.post(Api.STREAM, body, KEY).events();
    assertThat(Api.text(events)).isEqualTo(Api.text(List.of(whole)));
    JsonNode last = events.getLast().path("candidates").path(0);
    assertThat(last.path("groundingMetadata"))
        .isEqualTo(whole.path("candidates").path(0).path("groundingMetadata"));
    assertThat(last.path("groundingMetadata").path("groundingChunks").size()).isEqualTo(1);
    assertThat(events.getFirst().path("candidates").path(0).has("groundingMetadata")).isFalse();
    assertThat(events)
        .allMatch(event -> event.path("usageMetadata").path("toolUsePromptTokenCount").asInt() > 0);
  }

  @Test
  void filtersChooseDocuments() throws Exception {
    String store = filled();
    JsonNode tim =
        api.post(
                Api.GENERATE,
                ask(
                    tool(store, ",\"metadataFilter\":\"age > 6 AND who = \\\"Tim\\\"\""),
                    "Lily had a ball",
                    ""),
                KEY)
            .json()
            .path("candidates")
            .path(0)
            .path("groundingMetadata")
            .path("groundingChunks");
    assertThat(tim.size()).isEqualTo(1);
    assertThat(tim.path(0).path("retrievedContext").path("customMetadata").toString())
        .isEqualTo(
            "[{\"key\":\"who\",\"stringValue\":\"Tim\"},{\"key\":\"age\",\"numericValue\":7.0}]");
    JsonNode none =
        api.post(
                Api.GENERATE,
                ask(tool(store, ",\"metadataFilter\":\"age > 7\""), "Lily had a ball", ""),
                KEY)
            .json();
    assertThat(none.path("candidates").path(0).has("groundingMetadata")).isFalse();
    assertThat(none.path("usageMetadata").has("toolUsePromptTokenCount")).isFalse();
  }

  @Test
  void cachedContentsAndBatchesLookToo() throws Exception {
    String store = filled();
    Reply cache =
        api.post(
            "/v1beta/cachedContents",
            "{\"model\":\"models/stories260K\",%s\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Once\"}]}]}"
                .formatted(tool(store, "")),
            KEY);
    assertThat(cache.status()).as(cache.body()).isEqualTo(200);
    Reply cached =
        api.post(
            Api.GENERATE,
            ask(
                "\"cachedContent\":\"%s\",".formatted(cache.json().path("name").asString()),
                "Lily had a ball",
                ""),
            KEY);
    assertThat(cached.body()).contains("groundingChunks").contains(LILY);
    Reply batch =
        api.post(
            Api.MODEL + ":batchGenerateContent",
            "{\"batch\":{\"inputConfig\":{\"requests\":{\"requests\":[{\"request\":%s}]}}}}"
                .formatted(ask(tool(store, ""), "Lily had a ball", "")),
            KEY);
    String name = batch.json().path("name").asString();
    Reply answered = api.get("/v1beta/" + name, KEY);
    for (int i = 0; i < 200 && !answered.json().path("done").asBoolean(); i++) {
      Thread.sleep(50);
      answered = api.get("/v1beta/" + name, KEY);
    }
    assertThat(answered.body()).contains("groundingChunks").contains(LILY);
    Reply counted =
        api.post(
            Api.COUNT,
            "{\"generateContentRequest\":{%s\"contents\":[{\"parts\":[{\"text\":\"Once\"}]}]}}"
                .formatted(tool(store, "")),
            KEY);
    assertThat(counted.status()).as(counted.body()).isEqualTo(200);
  }

  @Test
  void pagesOfPdfsAreNamed() throws Exception {
    byte[] pdf = Files.readAllBytes(TestFiles.data("multimodal/genai-samples/story.pdf"));
    String store = create("pdf");
    JsonNode file =
        api.post("/upload/v1beta/files", pdf, KEY[0], KEY[1], "content-type", "application/pdf")
            .json();
    Reply done =
        api.post(
            "/v1beta/" + store + ":importFile",
            "{\"fileName\":\"%s\",\"chunkingConfig\":{\"whiteSpaceConfig\":{\"maxTokensPerChunk\":12,\"maxOverlapTokens\":0}}}"
                .formatted(file.path("file").path("name").asString()),
            KEY);
    String operation = done.json().path("name").asString();
    for (int i = 0; i < 200 && !done.json().path("done").asBoolean(); i++) {
      Thread.sleep(100);
      done = api.get("/v1beta/" + operation, KEY);
    }
    assertThat(done.json().has("response")).as(done.body()).isTrue();
    JsonNode chunk =
        api.post(Api.GENERATE, ask(tool(store, ",\"topK\":1"), "the story", ""), KEY)
            .json()
            .path("candidates")
            .path(0)
            .path("groundingMetadata")
            .path("groundingChunks")
            .path(0)
            .path("retrievedContext");
    assertThat(chunk.path("pageNumber").asInt()).isPositive();
    assertThat(chunk.path("text").asString()).isNotBlank();
  }

  @Test
  void multipartUploadsHoldBoth() throws Exception {
    String store = create("multipart");
    String body =
        """
        --b
        Content-Type: application/json

        {"displayName":"By parts"}
        --b
        Content-Type: text/html

        <p>Lily had a <b>ball</b></p>
        --b--
        """
            .replace("\n", "\r\n");
    Reply done =
        api.post(
            upload(store), body, KEY[0], KEY[1], "content-type", "multipart/related; boundary=b");
    assertThat(done.json().path("done").asBoolean()).as(done.body()).isTrue();
    JsonNode documents = api.get("/v1beta/" + store + "/documents", KEY).json().path("documents");
    assertThat(documents.path(0).path("displayName").asString()).isEqualTo("By parts");
    assertThat(documents.path(0).path("mimeType").asString()).isEqualTo("text/html");
    assertThat(api.post(Api.GENERATE, ask(tool(store, ""), "ball", ""), KEY).body())
        .contains("\"text\" : \"Lily had a ball\"");
  }

  @Test
  void otherProjectsSeeNothing() throws Exception {
    String store = filled();
    String document =
        api.get("/v1beta/" + store + "/documents", KEY)
            .json()
            .path("documents")
            .path(0)
            .path("name")
            .asString();
    Reply made = api.post("/admin/v1/keys", "{\"project\":\"others\",\"role\":\"DEVELOPER\"}", KEY);
    String[] other = {"x-goog-api-key", made.json().path("secret").asString()};
    assertThat(api.get(STORES, other).json().isEmpty()).isTrue();
    for (String path : List.of(store, document, store + "/documents")) {
      assertThat(api.get("/v1beta/" + path, other).status()).as(path).isEqualTo(404);
      assertThat(api.get("/v1beta/" + path).status()).as(path).isEqualTo(403);
    }
    assertThat(api.call("DELETE", "/v1beta/" + store + "?force=true", other).status())
        .isEqualTo(404);
    assertThat(api.post(upload(store), LILY, other).status()).isEqualTo(404);
    assertThat(
            api.post("/v1beta/" + store + ":importFile", "{\"fileName\":\"files/x\"}", other)
                .status())
        .isEqualTo(404);
    assertThat(api.post(Api.GENERATE, ask(tool(store, ""), "Lily", ""), other).status())
        .isEqualTo(404);
    assertThat(api.get("/admin/v1/audit?pageSize=50", KEY).body()).contains(store);
  }
}
