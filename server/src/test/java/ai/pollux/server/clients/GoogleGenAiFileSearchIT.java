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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stores of documents by Google's own Java SDK, unmodified. */
final class GoogleGenAiFileSearchIT {
  private static final String LILY = "Lily was a little girl who had a big red ball.";
  private static final String TIM = "Tim went to the park.";

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
  void makesAStoreFillsItAsksAndDeletesIt() throws IOException {
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
    asks(store, imported);
    DeleteFileSearchStoreConfig plain = DeleteFileSearchStoreConfig.builder().build();
    client.fileSearchStores.delete(store, plain); // does not look whether it was refused
    assertThat(
            client
                .fileSearchStores
                .get(store, GetFileSearchStoreConfig.builder().build())
                .activeDocumentsCount())
        .contains(2L);
    client.fileSearchStores.documents.delete(
        imported, DeleteDocumentConfig.builder().force(true).build());
    client.fileSearchStores.delete(
        store, DeleteFileSearchStoreConfig.builder().force(true).build());
    assertThatThrownBy(
            () -> client.fileSearchStores.get(store, GetFileSearchStoreConfig.builder().build()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("does not exist");
  }

  /**
   * This SDK sends nothing of the configuration but the type: it makes a new one for the request
   * that begins the upload. The name is the file's.
   */
  private static String upload(String store) throws IOException {
    Path file = Files.writeString(RunningServer.folder().resolve("tim.txt"), TIM);
    UploadToFileSearchStoreOperation upload =
        client.fileSearchStores.uploadToFileSearchStore(
            store,
            file.toFile(),
            UploadToFileSearchStoreConfig.builder()
                .displayName("not sent")
                .mimeType("text/plain")
                .build());
    UploadToFileSearchStoreOperation polled = client.operations.get(upload, null);
    assertThat(polled.done()).contains(true);
    String name = polled.response().orElseThrow().documentName().orElseThrow();
    Document document = client.fileSearchStores.documents.get(name, null);
    assertThat(document.displayName()).contains("tim.txt");
    assertThat(document.sizeBytes()).contains((long) TIM.length());
    return name;
  }

  private static String importFile(String store) {
    File file =
        client.files.upload(
            LILY.getBytes(StandardCharsets.UTF_8),
            UploadFileConfig.builder().mimeType("text/plain").displayName("Lily").build());
    ImportFileOperation operation =
        client.fileSearchStores.importFile(
            store,
            file.name().orElseThrow(),
            ImportFileConfig.builder()
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
