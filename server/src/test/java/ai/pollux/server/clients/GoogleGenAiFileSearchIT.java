package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.ChunkingConfig;
import com.google.genai.types.CreateFileSearchStoreConfig;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.DeleteDocumentConfig;
import com.google.genai.types.DeleteFileSearchStoreConfig;
import com.google.genai.types.Document;
import com.google.genai.types.File;
import com.google.genai.types.FileSearch;
import com.google.genai.types.FileSearchStore;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GetFileSearchStoreConfig;
import com.google.genai.types.GroundingMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ImportFileConfig;
import com.google.genai.types.ImportFileOperation;
import com.google.genai.types.ListDocumentsConfig;
import com.google.genai.types.ListFileSearchStoresConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.UploadFileConfig;
import com.google.genai.types.UploadToFileSearchStoreConfig;
import com.google.genai.types.UploadToFileSearchStoreOperation;
import com.google.genai.types.WhiteSpaceConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stores of documents by Google's own Java SDK, unmodified. */
final class GoogleGenAiFileSearchIT {
  private static final String LILY = "Lily was a little girl who had a big red ball.";

  private static RunningServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void makesAStoreFillsItAsksAndDeletesIt() {
    String store =
        client
            .fileSearchStores
            .create(CreateFileSearchStoreConfig.builder().displayName("Books").build())
            .name()
            .orElseThrow();
    String uploaded = upload(store);
    String imported = importFile(store);
    FileSearchStore described =
        client.fileSearchStores.get(store, GetFileSearchStoreConfig.builder().build());
    assertThat(described.activeDocumentsCount()).contains(2L);
    assertThat(described.displayName()).contains("Books");
    List<String> stores = new ArrayList<>();
    client
        .fileSearchStores
        .list(ListFileSearchStoresConfig.builder().build())
        .forEach(each -> stores.add(each.name().orElseThrow()));
    assertThat(stores).contains(store);
    List<String> documents = new ArrayList<>();
    client
        .fileSearchStores
        .documents
        .list(store, ListDocumentsConfig.builder().pageSize(1).build())
        .forEach(each -> documents.add(each.name().orElseThrow()));
    assertThat(documents).containsExactly(uploaded, imported);
    asks(store, uploaded);
    DeleteFileSearchStoreConfig plain = DeleteFileSearchStoreConfig.builder().build();
    assertThatThrownBy(() -> client.fileSearchStores.delete(store, plain))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("has 2 documents");
    client.fileSearchStores.documents.delete(
        imported, DeleteDocumentConfig.builder().force(true).build());
    client.fileSearchStores.delete(
        store, DeleteFileSearchStoreConfig.builder().force(true).build());
    assertThatThrownBy(() ->
            client.fileSearchStores.get(store, GetFileSearchStoreConfig.builder().build()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("does not exist");
  }

  private static String upload(String store) {
    UploadToFileSearchStoreOperation upload =
        client.fileSearchStores.uploadToFileSearchStore(
            store,
            LILY.getBytes(StandardCharsets.UTF_8),
            UploadToFileSearchStoreConfig.builder()
                .displayName("Lily")
                .mimeType("text/plain")
                .customMetadata(CustomMetadata.builder().key("year").numericValue(1999f).build())
                .chunkingConfig(
                    ChunkingConfig.builder()
                        .whiteSpaceConfig(
                            WhiteSpaceConfig.builder()
                                .maxTokensPerChunk(50)
                                .maxOverlapTokens(5)
                                .build())
                        .build())
                .build());
    UploadToFileSearchStoreOperation polled = client.operations.get(upload, null);
    assertThat(polled.done()).contains(true);
    String name = polled.response().orElseThrow().documentName().orElseThrow();
    Document document = client.fileSearchStores.documents.get(name, null);
    assertThat(document.displayName()).contains("Lily");
    assertThat(document.sizeBytes()).contains((long) LILY.length());
    return name;
  }

  private static String importFile(String store) {
    File file =
        client.files.upload(
            "Tim went to the park.".getBytes(StandardCharsets.UTF_8),
            UploadFileConfig.builder().mimeType("text/plain").build());
    ImportFileOperation operation =
        client.fileSearchStores.importFile(
            store, file.name().orElseThrow(), ImportFileConfig.builder().build());
    operation = client.operations.get(operation, null);
    assertThat(operation.done()).contains(true);
    return operation.response().orElseThrow().documentName().orElseThrow();
  }

  private static void asks(String store, String document) {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .temperature(0f)
            .maxOutputTokens(16)
            .tools(
                Tool.builder()
                    .fileSearch(
                        FileSearch.builder()
                            .fileSearchStoreNames(store)
                            .topK(3)
                            .metadataFilter("year >= 1999")
                            .build())
                    .build())
            .build();
    GenerateContentResponse response =
        client.models.generateContent("gemini-2.5-flash", "Who had a ball?", config);
    GroundingMetadata grounding =
        response.candidates().orElseThrow().getFirst().groundingMetadata().orElseThrow();
    assertThat(grounding.groundingChunks().orElseThrow()).hasSize(1);
    var found =
        grounding.groundingChunks().orElseThrow().getFirst().retrievedContext().orElseThrow();
    assertThat(found.text()).contains(LILY);
    assertThat(found.uri()).contains(document);
    assertThat(found.fileSearchStore()).contains(store);
    assertThat(found.customMetadata().orElseThrow().getFirst().numericValue()).contains(1999f);
    assertThat(response.usageMetadata().orElseThrow().toolUsePromptTokenCount().orElseThrow())
        .isPositive();
  }
}
