package ai.pollux.server.http;

import ai.pollux.server.gemini.FileResource;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.UploadDraft;
import io.helidon.webserver.http.ServerRequest;

/**
 * Uploads of files.
 *
 * @param version of the API in the address
 */
record FileUploads(String version) implements UploadTarget {
  @Override
  public String path() {
    return "/upload/%s/files".formatted(version);
  }

  @Override
  public UploadDraft draft(byte[] description, String type, String fileName, long bytes) {
    FileResource said =
        description.length == 0 ? null : Wire.read(description, FileResource.Envelope.class).file();
    String name = said == null || said.name() == null ? "" : said.name();
    String display = said == null || said.displayName() == null ? fileName : said.displayName();
    String saidType = said == null || said.mimeType() == null ? "" : said.mimeType();
    return new UploadDraft(
        name.replaceFirst("^files/", ""), display, saidType.isEmpty() ? type : saidType, bytes);
  }

  @Override
  public Object finish(FileStore store, String token, ServerRequest request) {
    return new FileResource.Envelope(FilesHandler.describe(store.finish(token), request));
  }
}
