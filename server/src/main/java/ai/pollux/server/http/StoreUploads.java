package ai.pollux.server.http;

import ai.pollux.server.gemini.FileSearch;
import ai.pollux.server.gemini.FileSearchMapping;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.search.NewDocument;
import ai.pollux.server.search.SearchException;
import ai.pollux.server.search.SearchStores;
import ai.pollux.server.search.StoredDocument;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.UploadDraft;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Uploads into one store of a project. */
final class StoreUploads implements UploadTarget {
  private final StorePath address;
  private final String project;
  private final ProjectSearch projects;
  private final ImportRunner runner;

  StoreUploads(StorePath address, String project, ProjectSearch projects, ImportRunner runner) {
    this.address = address;
    this.project = project;
    this.projects = projects;
    this.runner = runner;
  }

  /** What is kept with an upload until its bytes are there. */
  private record Purpose(@Nullable String store, FileSearch.@Nullable UploadRequest request) {}

  @Override
  public String path() {
    return "/upload/%s/fileSearchStores/%s:uploadToFileSearchStore"
        .formatted(address.version(), address.store());
  }

  @Override
  public UploadDraft draft(byte[] description, String type, String fileName, long bytes) {
    projects.of(project).find(address.store());
    SearchStores.checkSize(bytes);
    FileSearch.UploadRequest said =
        description.length == 0
            ? FileSearch.UploadRequest.EMPTY
            : Wire.read(description, FileSearch.UploadRequest.class);
    String name = said.displayName() == null ? fileName : said.displayName();
    String mimeType = said.mimeType() == null || said.mimeType().isEmpty() ? type : said.mimeType();
    document(said, name, mimeType); // refused before the bytes come
    return new UploadDraft(
        "", name, mimeType, bytes, Optional.of(Wire.write(new Purpose(address.store(), said))));
  }

  private static NewDocument document(FileSearch.UploadRequest said, String name, String mimeType) {
    return FileSearchMapping.document(name, mimeType, said.customMetadata(), said.chunkingConfig());
  }

  @Override
  public Object finish(FileStore files, String token, ServerRequest request)
      throws InterruptedException {
    UploadDraft draft = files.draft(token);
    Purpose purpose =
        Wire.read(draft.purpose().orElse("{}").getBytes(StandardCharsets.UTF_8), Purpose.class);
    if (purpose.request() == null || !address.store().equals(purpose.store())) {
      throw SearchException.precondition(
          "This upload is not for fileSearchStores/%s. Go on at the address that it got."
              .formatted(address.store()));
    }
    NewDocument wanted = document(purpose.request(), draft.displayName(), draft.mimeType());
    StoredDocument pending =
        projects.of(project).add(address.store(), wanted, files.finished(token), true);
    files.cancel(token);
    return FileSearchMapping.operation(
        address.operation(pending.id()),
        address.store(),
        runner.read(project, address.store(), pending));
  }
}
