package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileResource;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Parameter;
import ai.pollux.server.openapi.Payload;
import ai.pollux.server.telemetry.Telemetry;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** Files: {@code /upload/v1beta/files} and {@code /v1beta/files}. */
final class FilesResource implements Resource {
  private final ProjectFiles files;
  private final Bodies bodies;
  private final Telemetry telemetry;

  FilesResource(ProjectFiles files, Bodies bodies, Telemetry telemetry) {
    this.files = files;
    this.bodies = bodies;
    this.telemetry = telemetry;
  }

  @Override
  public boolean owns(String path) {
    return FilesPath.parse(path).isPresent();
  }

  /** Whoever knows an upload's address may go on with it. */
  @Override
  public boolean isOpen(ServerRequest request) {
    return isUpload(request) && UploadHandler.isContinued(request);
  }

  @Override
  public List<Endpoint> endpoints() {
    String file = "/v1beta/files/{file}";
    return List.of(
        Endpoint.of("GET", "/v1beta/files", "files.list", "Uploaded files, the newest first.")
            .asks(
                Parameter.number("pageSize", "The most files of a page."),
                Parameter.text("pageToken", "From the page before."))
            .gives(FileResource.Page.class),
        Endpoint.of("GET", file, "files.get", "A file's description.").gives(FileResource.class),
        Endpoint.of("DELETE", file, "files.delete", "Deletes a file.")
            .gives(new Payload.Raw("application/json")),
        Endpoint.of("GET", file + ":download", "files.download", "A file's bytes.")
            .asks(Parameter.text("alt", "media, as clients send it; not looked at."))
            .gives(new Payload.Raw("application/octet-stream")),
        Endpoint.of(
                "POST",
                "/upload/v1beta/files",
                "media.upload",
                "Uploads a file: resumable, multipart or raw.")
            .asks(
                Parameter.text("uploadType", "resumable to begin such an upload."),
                Parameter.text("upload_id", "Of the upload that goes on; it is as good as a key."))
            .takes(new Payload.Raw("application/octet-stream"))
            .gives(FileResource.Envelope.class));
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    FilesPath path = path(request);
    if (isOpen(request)) {
      String project = request.query().first("project").orElse(Caller.DEFAULT_PROJECT);
      if (!files.has(project)) {
        throw new ApiException(
            ApiException.Status.NOT_FOUND, "This upload is unknown: there is no such project.");
      }
      uploads(project, path).serve(request, response);
    } else if (isUpload(request)) {
      uploads(Caller.of(request).project(), path).serve(request, response);
    } else {
      files.of(Caller.of(request)).serve(path, request, response);
    }
  }

  private UploadHandler uploads(String project, FilesPath path) {
    return new UploadHandler(files, bodies, project, telemetry, new FileUploads(path.version()));
  }

  private static boolean isUpload(ServerRequest request) {
    return path(request).kind() == FilesPath.Kind.UPLOAD
        && request.prologue().method().equals(Method.POST);
  }

  private static FilesPath path(ServerRequest request) {
    return FilesPath.parse(request.path().path()).orElseThrow();
  }
}
