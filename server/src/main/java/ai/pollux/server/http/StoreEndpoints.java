package ai.pollux.server.http;

import ai.pollux.server.gemini.FileSearch;
import ai.pollux.server.gemini.Operation;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Parameter;
import ai.pollux.server.openapi.Payload;
import java.util.List;

/** What can be asked of stores of documents. */
final class StoreEndpoints {
  private static final String STORES = "/v1beta/fileSearchStores";
  private static final String STORE = STORES + "/{fileSearchStore}";
  private static final String DOCUMENTS = STORE + "/documents";
  private static final String DOCUMENT = DOCUMENTS + "/{document}";
  private static final String NAME = "fileSearchStores.";
  private static final Payload NOTHING = new Payload.Raw("application/json");
  private static final Parameter SIZE = Parameter.number("pageSize", "The most of a page.");
  private static final Parameter TOKEN = Parameter.text("pageToken", "From the page before.");
  private static final Parameter FORCE =
      Parameter.text("force", "true to delete also what is in it.");

  static final List<Endpoint> ALL =
      List.of(
          Endpoint.of("POST", STORES, NAME + "create", "Makes a store of documents.")
              .takes(FileSearch.Store.class)
              .gives(FileSearch.Store.class),
          Endpoint.of("GET", STORES, NAME + "list", "Stores, the oldest first.")
              .asks(SIZE, TOKEN)
              .gives(FileSearch.Stores.class),
          Endpoint.of("GET", STORE, NAME + "get", "A store.").gives(FileSearch.Store.class),
          Endpoint.of("DELETE", STORE, NAME + "delete", "Deletes a store.")
              .asks(FORCE)
              .gives(NOTHING),
          Endpoint.of("POST", STORE + ":importFile", NAME + "importFile", "Takes a file in.")
              .takes(FileSearch.ImportFileRequest.class)
              .gives(Operation.class),
          Endpoint.of(
                  "POST",
                  "/upload" + STORE + ":uploadToFileSearchStore",
                  "media.uploadToFileSearchStore",
                  "Uploads a document: resumable, multipart or raw.")
              .asks(
                  Parameter.text("uploadType", "resumable to begin such an upload."),
                  Parameter.text("upload_id", "Of the upload that goes on; as good as a key."))
              .takes(new Payload.Raw("application/octet-stream"))
              .gives(Operation.class),
          Endpoint.of("GET", DOCUMENTS, NAME + "documents.list", "Documents, the oldest first.")
              .asks(SIZE, TOKEN)
              .gives(FileSearch.Documents.class),
          Endpoint.of("GET", DOCUMENT, NAME + "documents.get", "A document.")
              .gives(FileSearch.Document.class),
          Endpoint.of("DELETE", DOCUMENT, NAME + "documents.delete", "Deletes a document.")
              .asks(FORCE)
              .gives(NOTHING),
          Endpoint.of(
                  "GET",
                  STORE + "/operations/{operation}",
                  NAME + "operations.get",
                  "How far an import is.")
              .gives(Operation.class),
          Endpoint.of(
                  "GET",
                  STORE + "/upload/operations/{operation}",
                  NAME + "upload.operations.get",
                  "How far an upload is.")
              .gives(Operation.class));

  private StoreEndpoints() {}
}
