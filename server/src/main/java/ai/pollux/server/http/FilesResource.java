package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/** Files: {@code /upload/v1beta/files} and {@code /v1beta/files}. */
final class FilesResource implements Resource {
  private final ProjectFiles files;
  private final Bodies bodies;

  FilesResource(ProjectFiles files, Bodies bodies) {
    this.files = files;
    this.bodies = bodies;
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
  public void serve(ServerRequest request, ServerResponse response) throws IOException {
    FilesPath path = path(request);
    if (isOpen(request)) {
      String project = request.query().first("project").orElse(Caller.DEFAULT_PROJECT);
      if (!files.has(project)) {
        throw new ApiException(
            ApiException.Status.NOT_FOUND, "This upload is unknown: there is no such project.");
      }
      new UploadHandler(files, bodies, project).serve(path, request, response);
    } else if (isUpload(request)) {
      new UploadHandler(files, bodies, Caller.of(request).project()).serve(path, request, response);
    } else {
      files.of(Caller.of(request)).serve(path, request, response);
    }
  }

  private static boolean isUpload(ServerRequest request) {
    return path(request).kind() == FilesPath.Kind.UPLOAD
        && request.prologue().method().equals(Method.POST);
  }

  private static FilesPath path(ServerRequest request) {
    return FilesPath.parse(request.path().path()).orElseThrow();
  }
}
